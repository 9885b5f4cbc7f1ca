// SPDX-License-Identifier: Apache-2.0
// The desk's WebSocket without a page: commands in, the server's words out (RFC 6455, no extensions).
import crypto from 'node:crypto';
import http from 'node:http';
import { signIn } from './server.mjs';
import { until } from './wait.mjs';

function frame(opcode, text) {
  const body = Buffer.from(text);
  const length = body.length;
  const head = length < 126 ? Buffer.from([0x80 | opcode, 0x80 | length])
    : length < 65536 ? Buffer.from([0x80 | opcode, 0xfe, length >> 8, length & 255])
      : Buffer.from([0x80 | opcode, 0xff, 0, 0, 0, 0, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]);
  const mask = crypto.randomBytes(4);
  const masked = Buffer.from(body);
  for (let i = 0; i < length; i++) masked[i] ^= mask[i & 3];
  return Buffer.concat([head, mask, masked]);
}

/** {opcode, body, rest} of the first whole frame, or null. */
function unframe(b) {
  if (b.length < 2) return null;
  let length = b[1] & 0x7f, at = 2;
  if (length === 126) {
    if (b.length < 4) return null;
    length = b.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (b.length < 10) return null;
    length = Number(b.readBigUInt64BE(2));
    at = 10;
  }
  if (b.length < at + length) return null;
  return { opcode: b[0] & 15, body: b.subarray(at, at + length), rest: b.subarray(at + length) };
}

/** Opens a WebSocket; a refused upgrade rejects with `status`. */
export function openSocket(server, path, headers, onText, onClose = () => {}) {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, fail) => {
    const request = http.request({
      hostname, port, path,
      headers: {
        connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13',
        'sec-websocket-key': crypto.randomBytes(16).toString('base64'), origin: server.url, ...headers,
      },
    });
    request.on('error', fail);
    request.on('response', (a) => {
      a.resume();
      fail(Object.assign(new Error(`no WebSocket: ${a.statusCode}`), { status: a.statusCode }));
    });
    request.on('upgrade', (_, socket, head) => {
      let rest = Buffer.alloc(0);
      const take = (chunk) => {
        rest = Buffer.concat([rest, chunk]);
        for (let f = unframe(rest); f; f = unframe(rest)) {
          rest = f.rest;
          if (f.opcode === 1) onText(f.body.toString('utf8'));
          if (f.opcode === 9) socket.write(frame(10, f.body));
          if (f.opcode === 8) socket.end();
        }
      };
      socket.on('data', take);
      socket.on('error', () => {});
      socket.on('close', onClose);
      take(head);
      done({ send: (text) => socket.write(frame(1, text)), close: () => socket.destroy() });
    });
    request.end();
  });
}

/** A signed-in desk: `view` is what the page would show now. */
export async function openDeskSocket(server, login) {
  const api = await signIn(server, login);
  const desk = { login, api, id: api.session.user.id, view: null, words: [] };
  const asked = new Map();
  let last = 0;
  const line = await openSocket(server, '/api/v1/desk', { cookie: api.cookie }, (text) => {
    const word = JSON.parse(text);
    desk.words.push(word);
    if (word.type === 'hello' || word.type === 'desk') desk.view = word.desk;
    if (word.type !== 'done' && word.type !== 'refused') return;
    const { done, fail, name } = asked.get(word.id);
    asked.delete(word.id);
    if (word.type === 'done') done(word);
    else fail(Object.assign(new Error(`${login} ${name}: ${word.code}`), { code: word.code }));
  });
  desk.say = (name, args = {}) => new Promise((done, fail) => {
    const id = ++last;
    asked.set(id, { done, fail, name });
    line.send(JSON.stringify({ type: 'command', id, name, args }));
  });
  desk.sees = (what, is, seconds = 20) => until(`${login} sees ${what}`, () => desk.view && is(desk.view) && desk.view, { seconds })
    .catch((e) => { throw new Error(`${e.message}; the desk: ${JSON.stringify(desk.view)}`); });
  desk.inState = (state, seconds) => desk.sees(`state ${state}`, (v) => v.state === state, seconds);
  desk.inCall = (state, seconds) => desk.sees(`call ${state}`, (v) => v.call_state === state, seconds);
  desk.close = () => line.close();
  await until(`hello to ${login}`, () => desk.view);
  return desk;
}
