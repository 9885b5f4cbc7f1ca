// SPDX-License-Identifier: Apache-2.0
// Laws of a queue, read from a journal alone: nobody overtakes, nobody waits beside an idle agent, no
// ring without a call. For journals whose agents are rung by the queue only (no transfers, no consults)
// and who all serve `serves(agent, queue)`.

/** Facts of one command share an instant; between them the centre is nowhere. */
function instantsOf(facts) {
  const instants = [];
  for (const fact of facts) {
    if (instants.at(-1)?.[0].at_us === fact.at_us) instants.at(-1).push(fact);
    else instants.push([fact]);
  }
  return instants;
}

class Floor {
  constructor({ pair_us_max, serves }) {
    Object.assign(this, { pair_us_max, serves });
    this.callers = new Map(); // call -> {queue, kind, arrived, since: waiting since, or null while rung or talking}
    this.idle = new Map(); // agent -> since
    this.alerted = new Set();
    this.rings = new Map(); // agent -> {call, until_us}
    this.ended = new Set();
    this.pair_us_longest = 0;
    this.overtakers_possible = 0; // Proposals while somebody else of the same kind waited: what the first law is about.
    this.broken = [];
  }

  breaks(law, fact, text) {
    this.broken.push({ law, seq: fact.seq, text });
  }

  /** Before anything at `at_us` happens: who has stood beside whom since when? */
  lookForPairs(fact) {
    if (this.idle.size === 0) return;
    for (const [call, c] of this.callers) {
      if (c.since === null) continue;
      for (const [agent, since] of this.idle) {
        if (!this.serves(agent, c.queue)) continue;
        const age = fact.at_us - Math.max(c.since, since);
        this.pair_us_longest = Math.max(this.pair_us_longest, age);
        if (age > this.pair_us_max && !c.told) {
          c.told = true;
          this.breaks('pair', fact, `call ${call} waits beside idle agent ${agent} for ${age / 1e6} s`);
        }
      }
    }
  }

  Queued(f) {
    const { queue, priority, needs, preferred, first_arrival_at } = f.body;
    const kind = JSON.stringify([queue, priority, needs, preferred]);
    // Instants as text of one form and zone order like the instants.
    this.callers.set(f.interaction, { queue, kind, arrived: first_arrival_at, since: f.at_us });
  }

  Proposed(f) {
    const mine = this.callers.get(f.interaction);
    if (!mine || mine.since === null) return this.breaks('ring', f, `call ${f.interaction} is proposed and does not wait`);
    if (this.rings.has(f.agent)) this.breaks('ring', f, `agent ${f.agent} is rung for two calls`);
    const others = [...this.callers].filter(([call, c]) => call !== f.interaction && c.since !== null && c.kind === mine.kind);
    if (others.length > 0) this.overtakers_possible++;
    for (const [call, c] of others)
      if (c.arrived < mine.arrived) this.breaks('order', f, `call ${f.interaction} of ${mine.arrived} before call ${call} of ${c.arrived}`);
    mine.since = null;
    this.rings.set(f.agent, { call: f.interaction, until_us: Date.parse(f.body.until) * 1000 });
  }

  ProposalEnded(f) {
    if (this.rings.get(f.agent)?.call !== f.interaction) this.breaks('ring', f, `a ring of agent ${f.agent} ends that never began`);
    this.rings.delete(f.agent);
    const caller = this.callers.get(f.interaction);
    const isBack = caller && !['accepted', 'caller_left'].includes(f.body.outcome);
    if (isBack) caller.since = f.at_us;
  }

  CallEnded(f) {
    this.callers.delete(f.interaction);
    this.ended.add(f.interaction);
  }

  AgentMoved(f) {
    this.idle.delete(f.agent);
    this.alerted.delete(f.agent);
    if (f.body.to === 'Ready') this.idle.set(f.agent, f.at_us);
    if (f.body.to === 'Alerted') this.alerted.add(f.agent);
  }

  /** After everything of an instant has happened. */
  lookForZombies(fact) {
    for (const [agent, ring] of this.rings) {
      if (this.ended.has(ring.call)) this.breaks('ring', fact, `agent ${agent} is rung for call ${ring.call}, which is over`);
      else if (!this.alerted.has(agent)) this.breaks('ring', fact, `agent ${agent} is rung for call ${ring.call} and not alerted`);
      else if (fact.at_us > ring.until_us + 1_000_000) this.breaks('ring', fact, `agent ${agent} is rung beyond the ring’s end`);
      else continue;
      this.rings.delete(agent); // Told once.
      this.alerted.delete(agent);
    }
    for (const agent of this.alerted) {
      if (this.rings.has(agent)) continue;
      this.breaks('ring', fact, `agent ${agent} is alerted for no call`);
      this.alerted.delete(agent);
    }
  }
}

/**
 * facts    {seq, at_us, interaction, agent, kind, body}, in the order they were written, to the end of the last call
 * answer   {broken: [{law: "order" | "pair" | "ring" | "end", seq, text}], pair_s_longest, overtakers_possible}
 */
export function queueLaws(facts, { pair_s_max = 2, serves = () => true } = {}) {
  const floor = new Floor({ pair_us_max: pair_s_max * 1e6, serves });
  for (const instant of instantsOf(facts)) {
    floor.lookForPairs(instant[0]);
    for (const fact of instant) floor[fact.kind]?.(fact);
    floor.lookForZombies(instant.at(-1));
  }
  for (const call of floor.callers.keys()) floor.breaks('end', facts.at(-1), `call ${call} never ends`);
  return { broken: floor.broken, pair_s_longest: floor.pair_us_longest / 1e6, overtakers_possible: floor.overtakers_possible };
}

const sum = (rows, name) => rows.reduce((all, row) => all + row[name], 0);

/** What the journal counts; kpi is of `yingsheng kpi --json`. */
export function journalCounts(kpi) {
  const calls = kpi.centres[0].calls;
  const queues = kpi.queues.map((q) => q.calls);
  return {
    arrived: calls.arrived, offered: calls.offered, answered: calls.answered, abandoned: calls.abandoned,
    neither: calls.lost + calls.turned_away + calls.robot_only + calls.waiting,
    answered_by_queue: sum(queues, 'answered'), abandoned_by_queue: sum(queues, 'abandoned'),
    handled: sum(kpi.agents, 'handled'), not_taken: sum(kpi.agents, 'missed') + sum(kpi.agents, 'declined'),
  };
}

/**
 * The same as SIPp counted it, in every way that is true: a citizen who left in the moment a desk picked up is in both of
 * SIPp's counts, and either one is right. Without such a citizen there is one way.
 * citizens, desks  SIPp's totals
 */
export function sippCounts(citizens, desks) {
  const arrived = citizens.TotalCallCreated - citizens.refused;
  const crossed = desks.answered + citizens.left - arrived;
  // Each ring was taken or cancelled, but for those that were both on the way.
  if (Math.abs(desks.rung - desks.answered - desks.cancelled) > crossed) return [];
  return Array.from({ length: crossed + 1 }, (_, answered_too) => {
    const answered = desks.answered - crossed + answered_too;
    const abandoned = citizens.left - answered_too;
    return {
      arrived, offered: arrived, answered, abandoned,
      neither: arrived - citizens.served - citizens.left,
      answered_by_queue: answered, abandoned_by_queue: abandoned, handled: answered, not_taken: 0,
    };
  });
}
