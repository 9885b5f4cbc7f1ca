// SPDX-License-Identifier: Apache-2.0
// A gateway for short messages as src/outreach/io/README.md asks for one: it checks our signature, sends a key
// once, and signs what it tells us.
import { createHmac } from 'node:crypto';
import http from 'node:http';

const mac = (secret, time, body) => `v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;

/** refuses: numbers it does not know; answers({key, to}) may wait or give a status of its own. */
export async function startGateway({ secret, refuses = [], answers = () => 202 } = {}) {
  const taken = new Map();
  const faults = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const time = request.headers['x-yingsheng-timestamp'];
    const sms = JSON.parse(body);
    if (request.headers['x-yingsheng-signature'] !== mac(secret, time, body)) faults.push('signature');
    if (request.headers['idempotency-key'] !== sms.key) faults.push('key');
    const before = taken.get(sms.key);
    if (before && before.text !== sms.text) faults.push(`another text for ${sms.key}`);
    const isRefused = refuses.includes(sms.to);
    if (!before && !isRefused) taken.set(sms.key, { ...sms, times: 0 });
    if (!isRefused) taken.get(sms.key).times += 1;
    const status = isRefused ? 422 : await answers(sms);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRefused ? { reason: 'no_such_number' } : { id: sms.key }));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const tell = async (url, report, headers = {}) => {
    const body = JSON.stringify(report);
    const time = String(Math.floor(Date.now() / 1000));
    const sent = { 'content-type': 'application/json', 'x-yingsheng-timestamp': time, 'x-yingsheng-signature': mac(secret, time, body), ...headers };
    const answer = await fetch(`${url}/api/v1/messages/gateway`, { method: 'POST', headers: sent, body });
    return { status: answer.status, headers: sent };
  };
  return {
    url: `http://127.0.0.1:${server.address().port}/send`,
    faults,
    all: () => [...taken.values()],
    to: (number, word = '') => [...taken.values()].find((s) => s.to === number && s.text.includes(word)),
    receipt: (url, key, state, reason = '') => tell(url, { kind: 'receipt', key, state, reason }),
    wrote: (url, from, text) => tell(url, { kind: 'incoming', from, text }),
    tell,
    stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
  };
}
