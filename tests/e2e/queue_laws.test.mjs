// SPDX-License-Identifier: Apache-2.0
// The judge judged: a lawful journal passes, and one that breaks a law is caught for that law.
import assert from 'node:assert/strict';
import test from 'node:test';
import { journalCounts, queueLaws, sippCounts } from './lib/queue_laws.mjs';

const begin = Date.UTC(2026, 10, 22, 2);
const at = (s) => new Date(begin + s * 1000).toISOString();

/** Facts from [second, kind, call, agent, body]. */
const journal = (...rows) => rows.map(([s, kind, interaction, agent, body = {}], i) => (
  { seq: i + 1, at_us: (begin + s * 1000) * 1000, kind, interaction, agent, body }));
const queued = (s, call, more = {}) => [s, 'Queued', call, 0, { queue: 1, priority: 0, needs: '', preferred: 0, first_arrival_at: at(s), ...more }];
const moved = (s, agent, to) => [s, 'AgentMoved', 0, agent, { to }];
const rung = (s, call, agent) => [[s, 'Proposed', call, agent, { until: at(s + 20) }], moved(s, agent, 'Alerted')];
const taken = (s, call, agent) => [moved(s, agent, 'Busy'), [s, 'ProposalEnded', call, agent, { outcome: 'accepted' }]];
const over = (s, call, cause = 'completed') => [s, 'CallEnded', call, 0, { cause }];
const laws = (rows, more) => [...new Set(queueLaws(journal(...rows), more).broken.map((b) => b.law))];

test('a lawful journal breaks nothing', () => {
  const rows = [
    moved(0, 7, 'Ready'), queued(1, 1), ...rung(1, 1, 7), queued(2, 2), queued(3, 3), ...taken(4, 1, 7),
    over(9, 1), moved(9, 7, 'WrapUp'), moved(10, 7, 'Ready'), ...rung(10, 2, 7),
    // Nobody answers: the caller keeps their place and is the next again.
    moved(30, 7, 'Break'), [30, 'ProposalEnded', 2, 7, { outcome: 'no_answer' }],
    moved(31, 7, 'Ready'), ...rung(31, 2, 7), over(32, 2, 'abandoned'), [32, 'ProposalEnded', 2, 7, { outcome: 'caller_left' }], moved(32, 7, 'Ready'),
    ...rung(32, 3, 7), ...taken(33, 3, 7), over(40, 3),
  ];
  const seen = queueLaws(journal(...rows));
  assert.deepEqual(seen, { broken: [], pair_s_longest: 0, overtakers_possible: 2 });
});

test('a later arrival before an earlier one of its kind is caught, of another kind it is not', () => {
  const rows = (more) => [queued(1, 1), queued(2, 2, more), moved(3, 7, 'Ready'), ...rung(3, 2, 7), ...taken(4, 2, 7), over(5, 1), over(5, 2)];
  assert.deepEqual(laws(rows({})), ['order']);
  assert.deepEqual(laws(rows({ priority: 3 })), []);
  assert.deepEqual(laws(rows({ needs: 'dialect' })), []);
});

test('who was not answered keeps their first arrival', () => {
  const rows = [queued(1, 1), queued(2, 2), moved(3, 7, 'Ready'), ...rung(3, 1, 7), moved(23, 7, 'Break'),
    [23, 'ProposalEnded', 1, 7, { outcome: 'no_answer' }], moved(24, 8, 'Ready'), ...rung(24, 2, 8), ...taken(25, 2, 8), over(26, 1), over(26, 2)];
  assert.deepEqual(laws(rows), ['order']);
});

test('a caller beside an idle agent for more than two seconds is caught once', () => {
  const rows = (s) => [moved(0, 7, 'Ready'), queued(1, 1), ...rung(1 + s, 1, 7), ...taken(2 + s, 1, 7), over(9, 1)];
  assert.deepEqual(laws(rows(1.9)), []);
  assert.deepEqual(queueLaws(journal(...rows(2.1))).broken.map((b) => b.law), ['pair']);
  assert.deepEqual(laws(rows(2.1), { serves: () => false }), [], 'an agent without the skill is no pair');
});

test('rings without a call are caught', () => {
  const start = [moved(0, 7, 'Ready'), queued(1, 1), ...rung(1, 1, 7)];
  assert.deepEqual(laws([...start, over(3, 1, 'abandoned')]), ['ring'], 'the call is over');
  assert.deepEqual(laws([...start, over(3, 1, 'abandoned'), [3, 'ProposalEnded', 1, 7, { outcome: 'caller_left' }]]), ['ring'], 'the seat stays alerted');
  assert.deepEqual(laws([...start, moved(3, 7, 'Ready'), over(4, 1)]), ['ring'], 'rung without being alerted');
  assert.deepEqual(laws([...start, queued(30, 2), ...taken(31, 1, 7), over(32, 1), over(32, 2)]), ['ring'], 'rung beyond the end of the ring');
  assert.deepEqual(laws([moved(0, 7, 'Alerted')]), ['ring'], 'alerted for nobody');
  assert.deepEqual(laws([...start, queued(2, 2), ...rung(2, 2, 7), ...taken(3, 2, 7), over(4, 1), over(4, 2)]), ['ring'], 'rung for two');
});

test('a call that never ends is caught', () => {
  assert.deepEqual(laws([queued(1, 1)]), ['end']);
});

const kpi = (answered, abandoned) => ({
  centres: [{ calls: { arrived: 10, offered: 10, answered, abandoned, lost: 0, turned_away: 0, robot_only: 0, waiting: 0 } }],
  queues: [{ calls: { answered, abandoned } }], agents: [{ handled: answered, missed: 0, declined: 0 }],
});
const citizens = { TotalCallCreated: 12, left: 3, served: 7, refused: 2 };

test('the figures are SIPp’s or they are not', () => {
  const [only, ...more] = sippCounts(citizens, { rung: 9, answered: 7, cancelled: 2 });
  assert.deepEqual(more, []);
  assert.deepEqual(journalCounts(kpi(7, 3)), only);
  assert.notDeepEqual(journalCounts(kpi(8, 2)), only);
  const [sent_away] = sippCounts({ ...citizens, served: 6 }, { rung: 9, answered: 7, cancelled: 2 });
  assert.equal(sent_away.neither, 1, 'hung up on before anybody spoke to them');
  assert.deepEqual(sippCounts(citizens, { rung: 10, answered: 7, cancelled: 2 }), [], 'a ring that came to nothing');
  const ways = sippCounts(citizens, { rung: 8, answered: 8, cancelled: 0 });
  assert.deepEqual(ways.map((w) => [w.answered, w.abandoned]), [[7, 3], [8, 2]], 'one left as a desk picked up');
});
