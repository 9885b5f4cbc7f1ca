// SPDX-License-Identifier: Apache-2.0
// What desk phones do by themselves: SIP over TLS, and the transfer key (REFER with Replaces).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { loudest } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { clear, factsWith, hasFact, hears, phoneSeat, silent, talk } from './lib/seat.mjs';
import { quick, startServer, tempFolder } from './lib/server.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { until } from './lib/wait.mjs';

const citizenHz = 700;

/** A data folder whose certificate for SIP was put there by hand. */
function folderWithCertificate() {
  const data = tempFolder('data');
  const folder = path.join(data, 'db/sip-tls');
  fs.mkdirSync(folder, { recursive: true });
  const [key, cert] = [path.join(data, 'key.pem'), path.join(folder, 'cafile.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'pipe' });
  fs.writeFileSync(path.join(folder, 'agent.pem'), fs.readFileSync(key, 'utf8') + fs.readFileSync(cert, 'utf8'));
  return data;
}

test('a citizen and an agent on TLS hear each other; the agent’s phone is rung on its own connection', async () => {
  const server = await startServer({ scenario: quick, data: folderWithCertificate(), args: ['--sip-tls', '127.0.0.1:0'] });
  assert.match(server.sip_tls, /^127\.0\.0\.1:\d+$/);
  const seat = await phoneSeat(server, '1001', '8001', 440, { tls: true });
  const citizen = await startBaresip({ server, toneHz: citizenHz, tls: true });
  try {
    const call = await talk(citizen, seat, citizenHz);
    citizen.hangUp();
    await seat.desk.inState('WrapUp');
    const { left, right, rate } = await recordingOf(server, seat.desk.api, call);
    assert.ok(loudest(left, citizenHz, rate) > clear && loudest(right, seat.hz, rate) > clear, 'both are recorded');
    assert.ok(loudest(left, seat.hz, rate) < silent && loudest(right, citizenHz, rate) < silent, 'each on their side');
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    await seat.stop();
    await server.stop();
  }
});

test('the transfer key of a desk phone: a colleague on the second line, then REFER with Replaces', async () => {
  const server = await startServer({ scenario: quick });
  const phone = await startUdpPhone({ server, user: '8001', password: server.demo_password });
  const desk = await openDeskSocket(server, '1001');
  const colleague = await phoneSeat(server, '1002', '8002', 570, { ready: false });
  const citizen = await startBaresip({ server, toneHz: citizenHz });
  try {
    await desk.say('sign_in', { seat: { kind: 'sip_phone', address: '8001' } });
    await desk.say('ready');
    citizen.dial('6000');
    const { interaction } = await desk.inCall('talking', 30);
    await colleague.say('ready');
    await until('the citizen’s line is up at the phone', () => phone.lines.length === 1);
    const second = await phone.call('1002');
    await colleague.desk.inState('Busy');
    await desk.sees('the consult', (v) => v.call_state === 'consulting');
    const answer = await phone.refer(phone.lines[0], '1002', second);
    assert.match(answer, /^SIP\/2\.0 202 /);
    await until('both lines are down', () => phone.lines.every((l) => l.ended));
    assert.deepEqual(phone.notified.at(-1), { status: '200', early: true, type: 'message/sipfrag;version=2.0' }, 'told before the BYE');
    await hears(colleague.phone, [citizenHz], [570]);
    await hears(citizen, [570], [citizenHz]);
    await desk.inState('WrapUp');
    citizen.hangUp();
    const facts = await factsWith(desk.api, interaction, 'CallEnded');
    hasFact(facts, 'ConsultEnded', { outcome: 'completed' });
    hasFact(facts, 'TransferBegan', { kind: 'consult', hop: 1 });
    await colleague.desk.inState('WrapUp');
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    await colleague.stop();
    desk.close();
    await phone.stop();
    await server.stop();
  }
});
