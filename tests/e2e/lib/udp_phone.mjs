// SPDX-License-Identifier: Apache-2.0
// A desk phone with two lines, made by hand over UDP: it registers, takes calls, and transfers with
// REFER and Replaces (RFC 3891, RFC 5589), which the packaged phones' command lines cannot.
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import { header } from './udp_caller.mjs';
import { until } from './wait.mjs';

const md5 = (text) => crypto.createHash('md5').update(text).digest('hex');
const random = () => crypto.randomBytes(6).toString('hex');
const tagOf = (text) => text.match(/;tag=([^;\s>]+)/)?.[1] ?? '';
const quoted = (text, name) => text.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? '';

/** rings: it never answers. */
export async function startUdpPhone({ server, user, password, rings = false }) {
  const [host, port] = server.sip.split(':');
  const socket = dgram.createSocket('udp4');
  await new Promise((done) => socket.bind(0, '127.0.0.1', done));
  const me = `127.0.0.1:${socket.address().port}`;
  const domain = `sip:${server.sip}`;
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${socket.address().port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`;
  const lines = [];
  const finals = new Map(); // "<Call-ID> <CSeq>" -> final answer
  const notified = [];
  const send = (text, body = '') => socket.send(`${text}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, Number(port), host);

  /** Sends a request inside or outside a dialog; resolves with the final answer. */
  async function ask(method, line, { extra = '', body = '', target = line.target, to = line.remote } = {}) {
    const cseq = ++line.cseq;
    const write = () => send(
      `${method} ${target} SIP/2.0\r\nVia: SIP/2.0/UDP ${me};branch=z9hG4bK${random()};rport\r\nMax-Forwards: 70\r\n` +
      `From: ${line.local}\r\nTo: ${to}\r\nCall-ID: ${line.id}\r\nCSeq: ${cseq} ${method}\r\n` +
      `Contact: <sip:${user}@${me}>\r\n${extra}`, body);
    write();
    return until(`an answer to ${method}`, () => finals.get(`${line.id} ${cseq} ${method}`));
  }
  /** The same, with the password once it is asked for. */
  async function askProved(method, line, { extra = '', ...rest } = {}) {
    const first = await ask(method, line, { extra, ...rest });
    const challenge = header(first, 'WWW-Authenticate') || header(first, 'Proxy-Authenticate');
    if (!challenge) return first;
    if (method === 'INVITE') acknowledge(line, first);
    const [realm, nonce, uri] = [quoted(challenge, 'realm'), quoted(challenge, 'nonce'), rest.target];
    const nc = '00000001', cnonce = random();
    const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
    const name = header(first, 'WWW-Authenticate') ? 'Authorization' : 'Proxy-Authorization';
    return ask(method, line, {
      ...rest,
      extra: `${extra}${name}: Digest username="${user}",realm="${realm}",nonce="${nonce}",uri="${uri}",qop=auth,nc=${nc},cnonce="${cnonce}",response="${response}",algorithm=MD5\r\n`,
    });
  }
  const acknowledge = (line, answer) => send(
    `ACK ${line.target} SIP/2.0\r\nVia: SIP/2.0/UDP ${me};branch=${header(answer, 'Via').match(/branch=([^;]+)/)[1]}${answer.startsWith('SIP/2.0 2') ? 'a' : ''}\r\n` +
    `Max-Forwards: 70\r\nFrom: ${line.local}\r\nTo: ${header(answer, 'To')}\r\nCall-ID: ${line.id}\r\nCSeq: ${line.cseq} ACK\r\n`);
  const reply = (request, status, { to = header(request, 'To'), body = '' } = {}) => send(
    `SIP/2.0 ${status}\r\n${['Via', 'From', 'Call-ID', 'CSeq'].map((h) => `${h}: ${header(request, h)}\r\n`).join('')}To: ${to}\r\n` +
    `Contact: <sip:${user}@${me}>\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}`, body);

  socket.on('message', (bytes) => {
    const text = bytes.toString('utf8');
    const id = header(text, 'Call-ID');
    const line = lines.find((l) => l.id === id);
    const status = Number(text.match(/^SIP\/2\.0 (\d{3})/)?.[1] ?? 0);
    if (status >= 200) finals.set(`${id} ${header(text, 'CSeq')}`, text);
    if (text.startsWith('INVITE ') && !line) {
      const local = `${header(text, 'To')};tag=${random()}`;
      lines.push({ id, local, remote: header(text, 'From'), target: header(text, 'Contact').match(/<([^>]+)>/)[1], cseq: 0, ended: false });
      if (rings) reply(text, '180 Ringing', { to: local });
      else reply(text, '200 OK', { to: local, body: sdp });
    } else if (text.startsWith('BYE ') || text.startsWith('CANCEL ')) {
      if (line) line.ended = true;
      reply(text, '200 OK');
    } else if (text.startsWith('NOTIFY ')) {
      notified.push({ status: text.match(/\r\n\r\nSIP\/2\.0 (\d{3})/)?.[1], early: !line.ended, type: header(text, 'Content-Type') });
      reply(text, '200 OK');
    }
  });

  const account = { id: random(), local: `<sip:${user}@${server.sip}>;tag=${random()}`, remote: `<sip:${user}@${server.sip}>`, target: domain, cseq: 0 };
  const registered = await askProved('REGISTER', account, { extra: 'Expires: 300\r\n', target: domain });
  if (!registered.startsWith('SIP/2.0 200')) throw new Error(registered);

  return {
    lines, notified,
    /** Calls `number` on the next line; resolves once it is answered. */
    async call(number) {
      const target = `sip:${number}@${server.sip}`;
      const line = { id: random(), local: `<sip:${user}@${server.sip}>;tag=${random()}`, remote: `<${target}>`, target, cseq: 0, ended: false };
      lines.push(line);
      const answer = await askProved('INVITE', line, { extra: 'Content-Type: application/sdp\r\n', body: sdp, target });
      acknowledge(line, answer);
      if (!answer.startsWith('SIP/2.0 200')) throw new Error(answer);
      line.remote = header(answer, 'To');
      line.target = header(answer, 'Contact').match(/<([^>]+)>/)[1];
      return line;
    },
    /** Asks the house to connect the far end of `line` with that of `other`. */
    refer(line, number, other) {
      const replaces = encodeURIComponent(`${other.id};to-tag=${tagOf(other.remote)};from-tag=${tagOf(other.local)}`);
      return ask('REFER', line, { extra: `Refer-To: <sip:${number}@${server.sip}?Replaces=${replaces}>\r\n` });
    },
    stop: () => new Promise((done) => socket.close(done)),
  };
}
