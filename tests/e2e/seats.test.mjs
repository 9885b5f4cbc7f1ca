// SPDX-License-Identifier: Apache-2.0
// The kinds of seat besides the browser: a registered SIP phone and an outside number.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { loudest } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { clear, hears, phoneSeat, silent } from './lib/seat.mjs';
import { quick, startServer, tempFolder } from './lib/server.mjs';
import { freeUdpPort, startSipp } from './lib/sipp.mjs';
import { until } from './lib/wait.mjs';

const citizenHz = 700;
const agentHz = 440;

test('an agent at a SIP phone is rung, answers on the phone and both hear each other', async () => {
  const server = await startServer({ scenario: quick });
  const seat = await phoneSeat(server, '1007', '1007', agentHz, { auto: false });
  const citizen = await startBaresip({ server, toneHz: citizenHz });
  try {
    citizen.dial('6000');
    await seat.phone.until('CALL_INCOMING');
    assert.equal((await seat.desk.inState('Alerted')).caller, '13800001001', 'the desk shows who rings');
    await assert.rejects(seat.say('answer'), { code: 'answer_on_the_phone' });
    seat.phone.accept();
    const { interaction } = await seat.desk.inCall('talking');
    await hears(seat.phone, [citizenHz], [agentHz]);
    await hears(citizen, [agentHz], [citizenHz]);
    seat.phone.hangUp();
    await seat.desk.inState('WrapUp');
    await citizen.until('CALL_CLOSED');
    const { left, right, rate, outcome } = await recordingOf(server, seat.desk.api, interaction);
    assert.equal(outcome, 'complete');
    assert.ok(loudest(left, citizenHz, rate) > clear, 'the citizen is on the left');
    assert.ok(loudest(right, agentHz, rate) > clear, 'the agent is on the right');
    assert.ok(loudest(left, agentHz, rate) < silent, 'no agent on the left');
    assert.ok(loudest(right, citizenHz, rate) < silent, `no citizen on the right: ${loudest(right, citizenHz, rate)}`);
    const { items: [call] } = await seat.desk.api.get('/calls');
    assert.deepEqual([call.cause, call.who, call.agent_name], ['completed', 'agent', '谷雨']);
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    await seat.stop();
    await server.stop();
  }
});

test('a phone that does not answer goes to a break and the citizen to the next agent', async () => {
  const server = await startServer({ scenario: quick });
  const first = await phoneSeat(server, '1007', '1007', agentHz, { auto: false });
  const citizen = await startBaresip({ server, toneHz: citizenHz });
  let second;
  try {
    citizen.dial('6000');
    await first.phone.until('CALL_INCOMING');
    second = await phoneSeat(server, '1001', '8001', 520);
    first.phone.hangUp(); // The phone's refusal: 486 or 603.
    const { interaction } = await second.desk.inCall('talking', 30);
    await hears(citizen, [520], [agentHz]);
    assert.notEqual(first.desk.view.state, 'Alerted');
    citizen.hangUp();
    await second.desk.inState('WrapUp');
    const { items } = await second.desk.api.get(`/calls/${interaction}/facts`);
    assert.deepEqual(items.filter((f) => f.kind === 'ProposalEnded').map((f) => f.body.outcome), ['declined', 'accepted']);
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    await first.stop();
    await second?.stop();
    await server.stop();
  }
});

test('an agent at an outside number is called through the trunk', async () => {
  const port = await freeUdpPort();
  const folder = tempFolder('config');
  const config = path.join(folder, 'serve.toml');
  fs.writeFileSync(config, `[[trunk]]\nname = "carrier"\nhost = "127.0.0.1"\nport = ${port}\nsources = ["127.0.0.1"]\n`);
  const server = await startServer({ scenario: quick, args: ['--config', config] });
  // The far end gives back what it hears: the citizen is to hear their own voice once, not more.
  const far = await startSipp('uas_answer', { port, args: ['-rtp_echo'] });
  const citizen = await startBaresip({ server, toneHz: citizenHz });
  const desk = await openDeskSocket(server, '1008');
  try {
    await desk.say('sign_in', { seat: { kind: 'outside_number', address: '13800009008' } });
    await desk.say('ready');
    citizen.dial('6000');
    const { interaction } = await desk.inCall('talking', 30);
    await hears(citizen, [citizenHz]);
    citizen.hangUp();
    await desk.inState('WrapUp');
    assert.equal(await far.done, 0, far.errors());
    const { left, right, rate } = await recordingOf(server, desk.api, interaction);
    assert.ok(loudest(left, citizenHz, rate) > clear && loudest(right, citizenHz, rate) > clear, 'sound went out and came back');
    await until('the call record', async () => (await desk.api.get('/calls')).items[0]?.cause === 'completed');
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    desk.close();
    await far.stop();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
