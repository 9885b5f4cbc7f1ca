// SPDX-License-Identifier: Apache-2.0
// The desk of sipp/desk_works.xml is part of the measuring: whatever crosses on a machine that stands still for a
// second (a CANCEL that meets the 200, one that is sent again because its answer was late), its call ends.
import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import test from 'node:test';
import { startSipp } from './lib/sipp.mjs';
import { header } from './lib/udp_caller.mjs';
import { until } from './lib/wait.mjs';

/** What our switch says to one desk, message by message. */
function switchTo(desk, socket) {
  const me = `127.0.0.1:${socket.address().port}`;
  const [host, port] = desk.address.split(':');
  const heard = [];
  socket.on('message', (bytes) => heard.push(bytes.toString('utf8')));
  const id = `crossing-${me}`, invited = `z9hG4bK-invite-${me}`;
  let tag = '';
  const say = (method, cseq, branch) => socket.send([
    `${method} sip:desk@${desk.address} SIP/2.0`, `Via: SIP/2.0/UDP ${me};branch=${branch}`, 'Max-Forwards: 70',
    `From: <sip:13900000007@${me}>;tag=a`, `To: <sip:desk@${desk.address}>${method === 'CANCEL' ? '' : tag}`,
    `Call-ID: ${id}`, `CSeq: ${cseq}`, `Contact: <sip:${me}>`, 'Content-Length: 0', '', '',
  ].join('\r\n'), Number(port), host);
  const answers = (status, method) => heard.filter((m) => m.startsWith(`SIP/2.0 ${status}`) && header(m, 'CSeq').endsWith(method));
  return {
    answers,
    invite: () => say('INVITE', '1 INVITE', invited),
    cancel: () => say('CANCEL', '1 CANCEL', invited),
    ack: (status) => {
      tag = `;tag=${header(answers(status, 'INVITE').at(-1), 'To').match(/;tag=(\S+)/)[1]}`;
      say('ACK', '1 ACK', status === 200 ? `${invited}-ack` : invited);
    },
    bye: () => say('BYE', '2 BYE', `${invited}-bye`),
    hears: (status, method, times = 1) => until(`${times} × ${status} to ${method}`, () => answers(status, method).length >= times),
  };
}
async function bound() {
  const socket = dgram.createSocket('udp4');
  await new Promise((done) => socket.bind(0, '127.0.0.1', done));
  return socket;
}
async function withDesk(during) {
  const [ours, citizens] = [await bound(), await bound()];
  const keys = { server_host: '127.0.0.1', server_port: ours.address().port, citizens_host: '127.0.0.1', citizens_port: citizens.address().port };
  const desk = await startSipp('desk_works', { args: Object.entries(keys).flatMap(([k, v]) => ['-key', k, String(v)]) });
  const server = switchTo(desk, ours);
  try {
    server.invite();
    await server.hears(180, 'INVITE');
    await during(server);
    await until('SIPp’s desk has no call left', () => desk.child.exitCode !== null, { seconds: 15 })
      .catch((e) => { throw new Error(`${e.message}\n${desk.errors()}`); });
    assert.equal(desk.child.exitCode, 0, desk.errors());
  } finally {
    ours.close();
    citizens.close();
    await desk.stop();
  }
}

test('a CANCEL that meets the 200 is answered, and ACK and BYE end the call', () => withDesk(async (server) => {
  await server.hears(200, 'INVITE');
  server.cancel();
  await server.hears(200, 'CANCEL');
  server.ack(200);
  server.bye();
  await server.hears(200, 'BYE');
}));

test('a CANCEL that is sent again after the BYE is answered again, and opens nothing', () => withDesk(async (server) => {
  await server.hears(200, 'INVITE');
  server.cancel();
  server.ack(200);
  server.bye();
  await server.hears(200, 'BYE');
  server.cancel();
  await server.hears(200, 'CANCEL', 2);
}));

test('nor does one that was lost until the desk had hung up for it', () => withDesk(async (server) => {
  await server.hears(200, 'INVITE');
  server.ack(200);
  server.bye();
  await server.hears(200, 'BYE');
  server.cancel();
  await server.hears(200, 'CANCEL');
}));

test('a CANCEL while it rings ends with 487, however often it is said', () => withDesk(async (server) => {
  server.cancel();
  await server.hears(487, 'INVITE');
  server.ack(487);
  server.cancel();
  await server.hears(200, 'CANCEL', 2);
}));
