// SPDX-License-Identifier: Apache-2.0
// Calls out through a trunk: every way they can end, and the rule that says who may be called.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before, beforeEach } from 'node:test';
import { loudest } from './lib/audio.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { clear, factsWith, hasFact, hears, phoneSeat } from './lib/seat.mjs';
import { quick, signIn, startServer, tempFolder } from './lib/server.mjs';
import { freeUdpPort, startSipp } from './lib/sipp.mjs';

const agentHz = 440;
let server, agent, chief, port, folder;

before(async () => {
  port = await freeUdpPort();
  folder = tempFolder('config');
  const config = path.join(folder, 'serve.toml');
  fs.writeFileSync(config, `[[trunk]]\nname = "carrier"\nhost = "127.0.0.1"\nport = ${port}\nsources = ["127.0.0.1"]\n`);
  server = await startServer({ scenario: quick, args: ['--config', config] });
  agent = await phoneSeat(server, '1001', '8001', agentHz);
  chief = await signIn(server, '0101');
});
beforeEach(() => agent.fresh());
after(async () => {
  await agent?.stop();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
});

/** Dials through a trunk that behaves like sipp/<scenario>.xml; `during` runs while it lasts. */
async function dial(scenario, outcome, during = async () => {}) {
  const far = await startSipp(scenario, { port, args: ['-rtp_echo'] });
  try {
    await agent.say('dial', { number: '13800001001', customer_id: 1 });
    const { interaction } = await agent.desk.sees('a call', (v) => v.interaction > 0);
    await during(interaction);
    const facts = await factsWith(chief, interaction, 'CallEnded', 60);
    hasFact(facts, 'DialEnded', { outcome });
    assert.equal(facts.filter((f) => f.kind === 'DialEnded').length, 1, 'one outcome');
    await agent.desk.inState('WrapUp');
    assert.equal(await far.done, 0, far.errors());
    await leavesNothing(server);
    return interaction;
  } finally {
    await far.stop();
  }
}

test('answered: both hear each other, the call is recorded and tied to the customer', async () => {
  const call = await dial('uas_answer', 'connected', async () => {
    await agent.desk.inCall('talking');
    await hears(agent.phone, [agentHz]); // The far end gives back what it hears.
    await agent.say('hang_up');
  });
  const { left, right, rate } = await recordingOf(server, agent.desk.api, call);
  assert.ok(loudest(right, agentHz, rate) > clear, 'the agent is on the right');
  assert.ok(loudest(left, agentHz, rate) > clear, 'the called party, an echo, is on the left');
  const row = await agent.desk.api.get(`/calls/${call}`);
  assert.deepEqual([row.direction, row.dialled, row.customer_id, row.customer_name], ['out', '13800001001', 1, '周清和']);
  assert.equal(row.caller, '6000', 'the centre’s number is shown');
});

test('a carrier that rings reliably gets its PRACK and then answers', () => dial('uas_prack', 'connected', async () => {
  await agent.desk.inCall('talking');
  await hears(agent.phone, [agentHz]);
  await agent.say('hang_up');
}));

for (const [scenario, outcome] of [['uas_busy', 'busy'], ['uas_decline', 'declined'], ['uas_404', 'no_such_number']])
  test(`${scenario}: the outcome is ${outcome}`, () => dial(scenario, outcome));

test('silent: nobody answers and the call is given up', { timeout: 90_000 }, () => dial('uas_silent', 'no_answer'));

test('a number no rule allows is refused and never dialled', async () => {
  await assert.rejects(agent.say('dial', { number: '0015551234567' }), { code: 'number_not_allowed' });
  await assert.rejects(agent.say('dial', { number: 'sip:evil@example.com' }), { code: 'bad_number' });
  assert.equal(agent.desk.view.state, 'Ready');
  await leavesNothing(server);
});
