// SPDX-License-Identifier: Apache-2.0
// Waiting well on the real wire: a call back instead of waiting, a message instead of it, a full queue that promises.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { keyAlaw } from './lib/audio.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { factsWith, hasFact, hears, masked, phoneSeat } from './lib/seat.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { freeUdpPort, startSipp } from './lib/sipp.mjs';
import { until } from './lib/wait.mjs';

const number = '13800001001', agentHz = 440;
let server, agent, chief, port, folder;

before(async () => {
  port = await freeUdpPort();
  folder = tempFolder('config');
  const config = path.join(folder, 'serve.toml');
  fs.writeFileSync(config, `[[trunk]]\nname = "carrier"\nhost = "127.0.0.1"\nport = ${port}\nsources = ["127.0.0.1"]\n`);
  server = await startServer({ scenario: path.join(root, 'tests/e2e/scenarios/callback'), args: ['--config', config] });
  agent = await phoneSeat(server, '1001', '8001', agentHz, { ready: false });
  chief = await signIn(server, '0101');
});
after(async () => {
  await agent?.stop();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
});

const silence = (seconds) => Buffer.alloc(8000 * seconds, 0xd5);
/** A citizen who waits two seconds and presses a key, heard as its two tones. */
const citizen = (low, high, service = '6000') => startSipp('uac_inband', {
  target: server.sip, service, files: { 'silence.alaw': silence(2), 'key.alaw': keyAlaw(low, high, 0.2) },
});
const callsOf = async (query) => (await chief.get(`/calls?${query}`)).items;

test('who presses 1 hangs up, is called when an agent is free, and talks to them', async () => {
  const waits = await citizen(697, 1209);
  try {
    assert.equal(await waits.done, 0, waits.errors());
    const [row] = await until('the call has ended', async () => {
      const rows = await callsOf('cause=callback_promised');
      return rows.length > 0 && rows;
    });
    hasFact(await factsWith(chief, row.id, 'CallEnded'), 'CallbackPromised', { number: masked(number), why: 'asked' });
  } finally {
    await waits.stop();
  }
  const far = await startSipp('uas_answer', { port, args: ['-rtp_echo'] });
  try {
    await agent.say('ready');
    const view = await agent.desk.inCall('talking', 30);
    assert.deepEqual([view.direction, view.caller], ['callback', number]);
    await hears(agent.phone, [agentHz]); // The far end gives back what it hears.
    await agent.say('hang_up');
    const facts = await factsWith(chief, view.interaction, 'CallEnded');
    hasFact(facts, 'CallbackTried', { attempt: 1, outcome: 'answered' });
    hasFact(facts, 'CallbackEnded', { outcome: 'connected' });
    assert.equal(await far.done, 0, far.errors());
  } finally {
    await far.stop();
  }
  const { calls } = (await chief.get('/kpi')).centres[0];
  assert.deepEqual([calls.arrived, calls.offered, calls.answered, calls.abandoned], [1, 1, 0, 0], 'one call, and it was not lost');
  assert.deepEqual([calls.callbacks_promised, calls.callbacks_connected, calls.callbacks_given_up], [1, 1, 0]);
  await leavesNothing(server);
  await agent.desk.inState('WrapUp');
  await agent.say('break', { reason: '小休' });
});

test('who presses 2 leaves a message, which is a case of the centre', async () => {
  const speaks = await startSipp('uac_message', {
    target: server.sip, files: { 'silence.alaw': silence(2), 'key.alaw': keyAlaw(697, 1336, 0.2) }, args: ['-d', '10000'],
  });
  try {
    assert.equal(await speaks.done, 0, speaks.errors());
  } finally {
    await speaks.stop();
  }
  const found = await until('a case of the message', async () => {
    const { items } = await chief.get('/cases');
    return items.find((c) => c.title === '语音留言');
  });
  // Nobody took it, so its number is masked until somebody says why they need it.
  assert.notEqual(found.contact_number, number);
  const whole = await chief.post(`/private/case/${found.id}`, { field: 'phone', reason: '回复留言' });
  assert.equal(whole.value, number);
  const call = await chief.get(`/calls/${found.interaction_id}`);
  assert.equal(call.cause, 'left_message');
  assert.ok(call.recordings.some((r) => r.purpose === 'voicemail' && r.length_ms > 1000), JSON.stringify(call.recordings));
});

test('a full queue puts who does nothing on the list of lost calls, where they are called back', async () => {
  const waits = await citizen(941, 1477, '6001'); // # is no answer.
  try {
    assert.equal(await waits.done, 0, waits.errors());
  } finally {
    await waits.stop();
  }
  const [lost] = await until('a lost call', async () => {
    const { items } = await agent.desk.api.get('/lost_calls');
    return items.length > 0 && items;
  }, { seconds: 30 });
  assert.deepEqual([lost.number, lost.cause, lost.attempts], ['138****1001', 'queue_full', 0]);
  const far = await startSipp('uas_answer', { port, args: ['-rtp_echo'] });
  try {
    const taken = await agent.desk.api.post(`/lost_calls/${lost.id}/take`, {});
    assert.equal(taken.number, number);
    await agent.say('dial', { number: taken.number });
    await agent.desk.inCall('talking', 30);
    await agent.say('hang_up');
    assert.equal(await far.done, 0, far.errors());
  } finally {
    await far.stop();
  }
  const closed = await until('it is settled', async () => {
    const { items } = await chief.get('/lost_calls?state=closed');
    return items.find((c) => c.id === lost.id);
  });
  assert.equal(closed.outcome, 'called_back');
  assert.deepEqual((await chief.get('/lost_calls')).items, []);
  const { calls } = (await chief.get('/kpi')).centres[0];
  assert.equal(calls.called_back, 1);
});

test('who is barred, by one who asks and another who confirms, rings nobody and may leave a message', async () => {
  const asked = await agent.desk.api.post('/barred_callers', { number, reason: '三天内辱骂坐席五次', days: 7 });
  await chief.post(`/barred_callers/${asked.id}/confirm`, {});
  const speaks = await startSipp('uac_message', {
    target: server.sip, files: { 'silence.alaw': silence(2), 'key.alaw': keyAlaw(697, 1336, 0.2) }, args: ['-d', '17000'],
  });
  try {
    assert.equal(await speaks.done, 0, speaks.errors());
  } finally {
    await speaks.stop();
  }
  const [row] = await until('the call has ended', async () => {
    const rows = await callsOf('cause=self_served');
    return rows.length > 0 && rows;
  });
  const facts = await factsWith(chief, row.id, 'CallEnded');
  assert.ok(!facts.some((f) => f.kind === 'Queued' || f.kind === 'FlowNodeEntered'), 'nobody was asked to serve them');
  await until('what they said is a case', async () => (await chief.get('/cases')).items.find((c) => c.interaction_id === row.id));
  await chief.post(`/barred_callers/${asked.id}/lift`, {});
  assert.equal((await chief.get('/barred_callers')).items[0].state, 'lifted');
});
