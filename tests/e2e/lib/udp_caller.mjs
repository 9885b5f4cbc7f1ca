// SPDX-License-Identifier: Apache-2.0
// A caller made by hand over UDP, who may hang up at any moment and call itself anything.
import crypto from 'node:crypto';
import dgram from 'node:dgram';

/** Numbers 0..1 that are the same for the same seed (mulberry32). */
export function dice(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const header = (text, name) => text.match(new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im'))?.[1].trim() ?? '';

/** Rings `number`; `ended` resolves with how it ended once both sides are done. */
export async function ring(server, { number = '6000', user = '13800001001', name = '' } = {}) {
  const [host, port] = server.sip.split(':');
  const socket = dgram.createSocket('udp4');
  await new Promise((done) => socket.bind(0, '127.0.0.1', done));
  const me = `127.0.0.1:${socket.address().port}`;
  const id = crypto.randomUUID();
  const tag = crypto.randomBytes(6).toString('hex');
  const shown = name ? `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}" ` : '';
  const uri = `sip:${number}@${server.sip}`;
  const call = { state: 'calling', status: 0, answeredAt: 0 };
  let to = `<${uri}>`, target = uri, wantsOut = false, cseq = 1, finish, timer;
  const branch = () => `z9hG4bK${crypto.randomBytes(8).toString('hex')}`;
  const inviteBranch = branch();
  const write = (method, b, order, extra = '', body = '', requestUri = uri) => socket.send(
    `${method} ${requestUri} SIP/2.0\r\nVia: SIP/2.0/UDP ${me};branch=${b};rport\r\nMax-Forwards: 70\r\n` +
    `From: ${shown}<sip:${user}@${me}>;tag=${tag}\r\nTo: ${to}\r\nCall-ID: ${id}\r\nCSeq: ${order}\r\n` +
    `Contact: <sip:${user}@${me}>\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, Number(port), host);
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${socket.address().port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`;
  const ended = new Promise((done) => { finish = done; });
  const end = (how) => {
    if (call.state === 'ended') return;
    call.state = 'ended';
    clearInterval(timer);
    socket.close();
    finish(how);
  };
  /** Sent again until it is answered, as UDP wants (RFC 3261 §17.1). */
  const insist = (send) => {
    clearInterval(timer);
    let left = 12;
    send();
    timer = setInterval(() => (left-- > 0 ? send() : end('no answer from the server')), 1000);
  };
  const leave = () => {
    if (call.state === 'early') {
      call.state = 'cancelling';
      insist(() => write('CANCEL', inviteBranch, '1 CANCEL'));
    } else if (call.state === 'up') {
      call.state = 'leaving';
      const b = branch(), bye = `${++cseq} BYE`;
      insist(() => write('BYE', b, bye, '', '', target));
    }
  };
  const onFinal = (text, status) => {
    to = header(text, 'To');
    if (status >= 300) {
      write('ACK', inviteBranch, '1 ACK');
      call.status = status;
      return end(status === 487 ? 'cancelled' : `refused ${status}`);
    }
    target = header(text, 'Contact').match(/<([^>]+)>/)?.[1] ?? uri;
    write('ACK', branch(), '1 ACK', '', '', target);
    if (call.state === 'leaving') return;
    clearInterval(timer);
    call.state = 'up';
    call.answeredAt = Date.now();
    if (wantsOut) leave(); // A CANCEL that came too late.
  };
  socket.on('message', (bytes) => {
    const text = bytes.toString('utf8');
    if (text.startsWith('BYE ')) {
      const copy = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((h) => `${h}: ${header(text, h)}\r\n`).join('');
      socket.send(`SIP/2.0 200 OK\r\n${copy}Content-Length: 0\r\n\r\n`, Number(port), host, () => end('hung up on'));
      return;
    }
    const status = Number(text.match(/^SIP\/2\.0 (\d{3})/)?.[1] ?? 0);
    const method = header(text, 'CSeq').split(' ')[1];
    if (method === 'INVITE' && status >= 200) return onFinal(text, status);
    if (method === 'INVITE' && status >= 100 && call.state === 'calling') {
      call.state = 'early';
      clearInterval(timer);
      if (wantsOut) leave();
    }
    if (method === 'BYE' && status >= 200) end('hung up');
  });
  insist(() => write('INVITE', inviteBranch, '1 INVITE', 'Content-Type: application/sdp\r\n', sdp));
  /** A key in a SIP INFO, once; while it is not up, nothing. */
  const press = (key) => {
    if (call.state === 'up') write('INFO', branch(), `${++cseq} INFO`, 'Content-Type: application/dtmf-relay\r\n', `Signal=${key}\r\nDuration=160\r\n`, target);
  };
  return { call, ended, press, hangUp: () => { wantsOut = true; leave(); } };
}
