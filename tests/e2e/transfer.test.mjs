// SPDX-License-Identifier: Apache-2.0
// Hold, transfers, consults and conferences: who hears whom, what is recorded, where a citizen ends.
import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { loudest } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { clear, factsWith, hasFact, hears, phoneSeat, silent, talk } from './lib/seat.mjs';
import { quick, signIn, startServer } from './lib/server.mjs';

const citizenHz = 700;
let server, first, second, citizen;

before(async () => {
  server = await startServer({ scenario: quick });
  first = await phoneSeat(server, '1001', '8001', 440);
  second = await phoneSeat(server, '1002', '8002', 570, { ready: false });
  citizen = await startBaresip({ server, toneHz: citizenHz });
});
beforeEach(async () => {
  // One agent is free: the citizen comes to them and to nobody else.
  await second.desk.sees('no wrap-up', (v) => v.state !== 'WrapUp');
  if (second.desk.view.state === 'Ready') {
    await second.say('break', { reason: '小休' });
    await second.desk.inState('Break');
  }
  await first.fresh();
});
after(async () => {
  await citizen?.stop();
  await first?.stop();
  await second?.stop();
  await server?.stop();
});

/** Over: the citizen leaves, nothing stays, and the call's facts. */
async function over(call) {
  citizen.hangUp();
  await leavesNothing(server);
  const facts = await factsWith(first.desk.api, call, 'CallEnded');
  await second.desk.sees('the end of its call', (v) => v.state !== 'Busy' && v.state !== 'Alerted');
  if (second.desk.view.state === 'WrapUp') await second.say('wrap_up_done', { disposition: '' });
  return facts;
}

test('on hold the citizen hears music and nobody; the recording has the hold as a marked span', async () => {
  const call = await talk(citizen, first, citizenHz);
  await first.say('hold');
  await hears(first.phone, [], [citizenHz]);
  await hears(citizen, [], [first.hz]);
  const music = citizen.heard();
  const tail = music.channels[0].subarray(-music.rate);
  assert.ok(Math.sqrt(tail.reduce((sum, x) => sum + x * x, 0) / tail.length) > 0.01, 'the music plays');
  await first.say('retrieve');
  await hears(citizen, [first.hz], [citizenHz]);
  await hears(first.phone, [citizenHz], [first.hz]);
  await over(call);
  const { right, rate, marks } = await recordingOf(server, first.desk.api, call);
  assert.deepEqual(marks.map((m) => [m.span, m.begins]), [['hold', true], ['hold', false]]);
  const [from, to] = marks.map((m) => Math.round((m.at_ms / 1000) * rate));
  const held = right.subarray(from + rate / 2, to - rate / 2);
  assert.ok(held.every((x) => Math.abs(x) < 0.02), 'neither agent nor music is recorded during the hold');
  assert.ok(loudest(right.subarray(to), first.hz, rate) > clear, 'the agent is there again after it');
});

test('a blind transfer brings the citizen to the second agent', async () => {
  await second.fresh();
  await second.say('break', { reason: '小休' });
  const call = await talk(citizen, first, citizenHz);
  await second.say('ready');
  await second.desk.inState('Ready');
  await first.say('transfer', { to: { kind: 'agent', agent: second.id } });
  await second.desk.inCall('talking');
  assert.equal(second.desk.view.interaction, call, 'it is the same call');
  await first.desk.inState('WrapUp');
  await hears(citizen, [second.hz], [first.hz, citizenHz]);
  await hears(second.phone, [citizenHz], [first.hz, second.hz]);
  const facts = await over(call);
  hasFact(facts, 'TransferBegan', { kind: 'blind', target: `agent:${second.id}`, hop: 1 });
  hasFact(facts, 'TransferEnded', { outcome: 'taken' });
  const { right, rate } = await recordingOf(server, first.desk.api, call);
  assert.ok(loudest(right, first.hz, rate) > clear && loudest(right, second.hz, rate) > clear, 'both agents are in one recording');
});

test('a consult is between the agents alone; completed, the second has the citizen', async () => {
  const call = await talk(citizen, first, citizenHz);
  await second.fresh();
  await first.say('consult', { to: { kind: 'agent', agent: second.id } });
  await first.desk.inCall('consulting');
  await hears(first.phone, [second.hz], [citizenHz]);
  await hears(second.phone, [first.hz], [citizenHz]);
  await hears(citizen, [], [first.hz, second.hz]);
  await first.say('end_consult', { how: 'complete' });
  await first.desk.inState('WrapUp');
  await hears(citizen, [second.hz], [first.hz]);
  await hears(second.phone, [citizenHz], [first.hz]);
  const facts = await over(call);
  hasFact(facts, 'ConsultEnded', { outcome: 'completed' });
  const asked = await recordingOf(server, first.desk.api, call, 'consult');
  assert.ok(loudest(asked.left, citizenHz, asked.rate) < silent && loudest(asked.right, citizenHz, asked.rate) < silent, 'no citizen in the consult');
  const both = [asked.left, asked.right];
  for (const hz of [first.hz, second.hz]) assert.ok(both.some((side) => loudest(side, hz, asked.rate) > clear), `${hz} Hz is in the consult`);
});

test('joined, a consult is a conference of three', async () => {
  const call = await talk(citizen, first, citizenHz);
  await second.fresh();
  await first.say('consult', { to: { kind: 'agent', agent: second.id } });
  await hears(first.phone, [second.hz]);
  await first.say('end_consult', { how: 'join' });
  await first.desk.inCall('conference');
  await hears(citizen, [first.hz, second.hz], [citizenHz]);
  await hears(first.phone, [citizenHz, second.hz], [first.hz]);
  await hears(second.phone, [citizenHz, first.hz], [second.hz]);
  await first.say('hang_up');
  await hears(citizen, [second.hz], [first.hz]);
  hasFact(await over(call), 'ConsultEnded', { outcome: 'joined' });
});

test('a transfer nobody answers returns to the sender', { timeout: 90_000 }, async () => {
  const shy = await phoneSeat(server, '1003', '8003', 850, { auto: false, ready: false });
  try {
    const call = await talk(citizen, first, citizenHz);
    await shy.say('ready');
    await shy.desk.inState('Ready');
    await first.say('transfer', { to: { kind: 'agent', agent: shy.id } });
    await shy.phone.until('CALL_INCOMING');
    await first.desk.inState('WrapUp');
    await first.desk.inCall('talking', 40);
    await hears(citizen, [first.hz], [shy.hz]);
    assert.equal(shy.desk.view.state, 'Break', 'who does not answer is on a break');
    hasFact(await over(call), 'TransferEnded', { outcome: 'returned' });
  } finally {
    await shy.stop();
  }
});

test('a transfer to an agent whose browser closes at that instant comes back', { timeout: 180_000 }, async () => {
  const desk = await openDesk(server, '1003');
  const api = await signIn(server, '0101');
  const { items } = await api.get('/people');
  const target = items.find((p) => p.work_number === '1003').id;
  const call = await talk(citizen, first, citizenHz);
  await desk.ready();
  const before = first.desk.view.since;
  await Promise.all([first.say('transfer', { to: { kind: 'agent', agent: target } }), desk.close()]);
  // The phone takes it at once: only the times tell that it has been away.
  await first.desk.sees('the citizen again', (v) => v.interaction === call && v.call_state === 'talking' && v.since !== before, 60);
  await hears(citizen, [first.hz]);
  const facts = await over(call);
  hasFact(facts, 'TransferEnded', { outcome: 'returned' });
});
