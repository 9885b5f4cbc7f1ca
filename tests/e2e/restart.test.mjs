// SPDX-License-Identifier: Apache-2.0
// kill -9 in the middle of a call: the next start ends the call and its recording can be heard.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { loudest, readWav } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { quick, signIn, startServer } from './lib/server.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { ring } from './lib/udp_caller.mjs';
import { until } from './lib/wait.mjs';

const citizenHz = 700;
const missingAtMost = 4.1; // One block of the recorder, and the moment the signal takes.

test('a recording cut off by kill -9 plays after the restart, at most 4 s missing', async () => {
  const first = await startServer({ scenario: quick });
  // An extension: nobody is called back, so nothing may be left.
  const phone = await startBaresip({ server: first, toneHz: citizenHz, user: '8801' });
  let second;
  try {
    phone.dial('6000');
    await phone.until('CALL_ESTABLISHED');
    const answered = Date.now();
    const folder = path.join(first.data, 'db/recordings');
    const wav = await until('a block is on the disk', () => {
      const found = fs.existsSync(folder) && fs.readdirSync(folder, { recursive: true }).find((f) => f.endsWith('.wav'));
      return found && fs.statSync(path.join(folder, found)).size > 60_000 && path.join(folder, found);
    });
    first.child.kill('SIGKILL');
    await until('the program is gone', () => first.child.signalCode === 'SIGKILL');
    const talked = (Date.now() - answered) / 1000;

    second = await startServer({ scenario: quick, data: first.data });
    const api = await signIn(second, '0101');
    const { items: [call] } = await api.get('/calls');
    assert.equal(call.cause, 'system_error');
    const recording = await until('it is encoded', async () => {
      const r = await api.get(`/recordings/${call.recordings[0].id}`);
      return r.format === 'opus' && r;
    });
    assert.equal(recording.outcome, 'gap');
    const seconds = recording.length_ms / 1000;
    assert.ok(seconds > talked - missingAtMost, `${seconds} s kept of ${talked} s`);
    assert.ok(Math.abs(recording.peaks.left.length - seconds * 10) <= 1, 'it is drawn to its end');
    const audio = await api.get(`/recordings/${call.recordings[0].id}/audio`);
    assert.equal(audio.subarray(0, 4).toString(), 'OggS');
    const { rate, channels: [left] } = readWav(wav);
    assert.equal(Math.round((left.length / rate) * 1000), recording.length_ms, 'the header of the WAV tells its length');
    assert.ok(loudest(left.subarray(-rate), citizenHz, rate) > 0.05, 'the citizen is heard to its end');
    await leavesNothing(second);
  } finally {
    await phone.stop();
    await second?.stop();
  }
});

test('after kill -9 nobody hangs on a dead line, and who was at work need not press ready again', async () => {
  const first = await startServer({ scenario: quick });
  const phone = await startUdpPhone({ server: first, user: '8001', password: first.demo_password });
  const ringing = await startUdpPhone({ server: first, user: '8002', password: first.demo_password, rings: true });
  const desk = await openDeskSocket(first, '1001');
  // Not at the number outside that is theirs as a rule.
  const elsewhere = await openDeskSocket(first, '1008');
  const idle = await openDeskSocket(first, '1002');
  const resting = await openDeskSocket(first, '1003');
  const citizen = await startBaresip({ server: first, toneHz: citizenHz, user: '13800001001' });
  let second;
  try {
    await desk.say('sign_in', { seat: { kind: 'sip_phone', address: '8001' } });
    await desk.say('ready');
    citizen.dial('6000');
    await desk.inCall('talking', 30);
    await elsewhere.say('sign_in', { seat: { kind: 'sip_phone', address: '8002' } });
    await elsewhere.say('ready');
    await ring(first, { user: '8802', number: '6000' });
    await until('the other phone rings', () => ringing.lines.length === 1);
    await idle.say('sign_in', { seat: { kind: 'browser' } });
    await idle.say('ready');
    await resting.say('sign_in', { seat: { kind: 'browser' } });
    await resting.say('break', { reason: 'meal' });
    await resting.inState('Break');
    await until('both dialogs are kept', () => first.run('kpi', '--from', '2026-01-01', '--to', '2030-01-01').agents.length >= 3);
    first.child.kill('SIGKILL');
    await until('the program is gone', () => first.child.signalCode === 'SIGKILL');
    for (const page of [desk, elsewhere, idle, resting]) page.close();

    second = await startServer({ scenario: quick, data: first.data });
    await citizen.until('CALL_CLOSED');
    await until('the desk phone is told, too', () => phone.lines[0].ended);
    await until('a phone that rang is told to stop', () => ringing.lines[0].ended);
    const away = await openDeskSocket(second, '1008');
    assert.equal(away.view.reason, 'seat_gone', 'their phone has to register anew');
    const back = await openDeskSocket(second, '1002');
    await back.inState('Ready');
    const still = await openDeskSocket(second, '1003');
    assert.equal(still.view.state, 'Break');
    assert.equal(still.view.reason, 'meal');

    const next = await ring(second, { user: '13800001002', number: '6000' });
    await back.inCall('ringing', 30);
    await back.say('decline');
    next.hangUp();
    const again = await until('the decision is in the journal', () => {
      const r = second.run('replay', '--from', '2026-01-01', '--to', '2030-01-01');
      return r.decisions >= 2 && r;
    });
    assert.equal(again.different, 0, 'every decision follows from the journal');
    for (const page of [away, back, still]) page.close();
    await leavesNothing(second);
  } finally {
    await citizen.stop();
    await ringing.stop();
    await phone.stop();
    await second?.stop();
  }
});
