// SPDX-License-Identifier: Apache-2.0
// The mobiles behind a trunk, made by hand over UDP: each number does what its plan says, and whoever
// answers speaks a tone and presses keys as RFC 4733 has it.
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import { keyAlaw } from './audio.mjs';
import { header } from './udp_caller.mjs';
import { until } from './wait.mjs';

const frame = 160; // 20 ms at 8000 Hz

/** plans: number -> 'busy' or 'answer', changed at any time. */
export async function startMobiles({ port, plans, toneHz = 880 }) {
  const sip = dgram.createSocket('udp4');
  await new Promise((done) => sip.bind(port, '127.0.0.1', done));
  const calls = [];
  const voice = keyAlaw(toneHz, toneHz, 0.1); // Whole waves, whole frames: it goes round.

  async function answer(text, from, number) {
    const rtp = dgram.createSocket('udp4');
    await new Promise((done) => rtp.bind(0, '127.0.0.1', done));
    const at = text.match(/^m=audio (\d+)/m)[1];
    const host = text.match(/^c=IN IP4 (\S+)/m)[1];
    const events = Number(text.match(/^a=rtpmap:(\d+) telephone-event\/8000/m)?.[1] ?? 101);
    const ssrc = crypto.randomBytes(4);
    const call = { number, id: header(text, 'Call-ID'), ended: false, heard: 0, pressing: [] };
    let sequence = 1, stamp = 0, step = 0;
    const send = (type, time, payload, marker = 0) => {
      const head = Buffer.alloc(12);
      head[0] = 0x80;
      head[1] = type | (marker << 7);
      head.writeUInt16BE(sequence++ & 0xffff, 2);
      head.writeUInt32BE(time >>> 0, 4);
      ssrc.copy(head, 8);
      rtp.send(Buffer.concat([head, payload]), Number(at), host);
    };
    rtp.on('message', () => call.heard++);
    const timer = setInterval(() => {
      const event = call.pressing.shift();
      if (event) {
        const [key, duration, isEnd, began] = event;
        send(events, began ?? stamp, Buffer.from([key, isEnd ? 0x8a : 0x0a, duration >> 8, duration & 0xff]), duration === frame ? 1 : 0);
      } else {
        send(8, stamp, voice.subarray(step, step + frame));
        step = (step + frame) % voice.length;
      }
      stamp += frame;
    }, 20);
    /** One key for 100 ms; its end is told three times (RFC 4733 §2.5.1.4). */
    call.press = (key) => {
      const began = stamp + frame;
      for (let i = 1; i <= 5; i++) call.pressing.push([key, i * frame, false, began]);
      for (let i = 0; i < 3; i++) call.pressing.push([key, 6 * frame, true, began]);
    };
    call.stop = () => {
      clearInterval(timer);
      if (!call.ended) rtp.close();
      call.ended = true;
    };
    calls.push(call);
    const tag = `;tag=${crypto.randomBytes(6).toString('hex')}`;
    const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtp.address().port} RTP/AVP 8 ${events}\r\n` +
      `a=rtpmap:8 PCMA/8000\r\na=rtpmap:${events} telephone-event/8000\r\n`;
    reply(text, from, '200 OK', tag, sdp);
    call.hangUp = () => {
      const [line, target] = [header(text, 'CSeq'), header(text, 'Contact').match(/<([^>]+)>/)[1]];
      sip.send(`BYE ${target} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${crypto.randomBytes(6).toString('hex')}\r\nMax-Forwards: 70\r\n` +
        `From: ${header(text, 'To')}${tag}\r\nTo: ${header(text, 'From')}\r\nCall-ID: ${call.id}\r\nCSeq: ${Number.parseInt(line, 10) + 1} BYE\r\nContent-Length: 0\r\n\r\n`, from.port, from.address);
    };
  }
  function reply(request, from, status, tag = '', body = '') {
    const vias = [...request.matchAll(/^Via:.*$/gim)].map((m) => `${m[0].trim()}\r\n`).join('');
    sip.send(`SIP/2.0 ${status}\r\n${vias}${['From', 'Call-ID', 'CSeq'].map((h) => `${h}: ${header(request, h)}\r\n`).join('')}To: ${header(request, 'To')}${tag}\r\n` +
      `Contact: <sip:mobile@127.0.0.1:${port}>\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, from.port, from.address);
  }

  const seen = new Set();
  sip.on('message', (bytes, from) => {
    const text = bytes.toString('utf8');
    const call = calls.find((c) => c.id === header(text, 'Call-ID'));
    if (text.startsWith('INVITE ')) {
      const id = header(text, 'Call-ID');
      if (seen.has(id)) return;
      seen.add(id);
      const number = text.match(/^INVITE sip:([^@;>\s]+)/)[1];
      if (plans[number] === 'busy') return reply(text, from, '486 Busy Here', ';tag=busy');
      void answer(text, from, number);
    } else if (text.startsWith('BYE ') || text.startsWith('CANCEL ')) {
      call?.stop();
      reply(text, from, '200 OK');
    }
  });
  return {
    calls,
    answered: (number) => until(`${number} is answered`, () => calls.find((c) => c.number === number && !c.ended)),
    stop() {
      for (const call of calls) call.stop();
      sip.close();
    },
  };
}
