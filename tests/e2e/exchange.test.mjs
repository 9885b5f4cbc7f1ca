// SPDX-License-Identifier: Apache-2.0
// Cases between organisations: the city files by Open311 and hears of them by signed webhooks; a company handles
// ours by its own Open311 server; what cannot be delivered is a dead letter for a person.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const secret = 'what the two of them know';
const key = 'the key of the city hall';
const theirs = 'the key the company gave us';

/** An HTTP server of another organisation; `answer(request, body)` gives [status, text]. */
async function organisation(answer) {
  const server = http.createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const [status, text] = answer(request, Buffer.concat(pieces).toString());
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => server.close(done)) };
}

/** What a receiver of Standard Webhooks checks. */
function isSigned(request, body) {
  const said = `${request.headers['webhook-id']}.${request.headers['webhook-timestamp']}.${body}`;
  const want = `v1,${crypto.createHmac('sha256', secret).update(said).digest('base64')}`;
  return request.headers['webhook-signature'] === want &&
    Math.abs(Date.now() / 1000 - Number(request.headers['webhook-timestamp'])) < 60;
}

test('cases come from the city, go to a company, and what fails waits for a person', async (t) => {
  const heard = [];
  let isHallOpen = true;
  const hall = await organisation((request, body) => {
    if (!isHallOpen) return [410, 'no hook here any more'];
    assert.ok(isSigned(request, body), 'a webhook is signed');
    heard.push({ id: request.headers['webhook-id'], ...JSON.parse(body) });
    return [200, '{}'];
  });
  const taken = [];
  let isDone = false;
  const company = await organisation((request, body) => {
    const url = new URL(request.url, 'http://x');
    if (request.method === 'POST' && url.pathname === '/v2/requests.json') {
      taken.push(Object.fromEntries(new URLSearchParams(body)));
      return [201, JSON.stringify([{ service_request_id: 'B-77', service_notice: '' }])];
    }
    assert.equal(url.searchParams.get('api_key'), theirs);
    return [200, JSON.stringify([{ service_request_id: 'B-77', status: isDone ? 'closed' : 'open',
      status_notes: isDone ? '阀门已换，室温 21 度' : null }])];
  });
  t.after(() => Promise.all([hall.stop(), company.stop()]));

  const folder = tempFolder('partners');
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = (name, text) => {
    fs.writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  const config = file('config.toml', `
[[partner]]
name = "city"
key_file = "${file('city.key', key)}"
hook_url = "${hall.url}/hook"
hook_secret_file = "${file('city.secret', secret)}"
allow = ["127.0.0.0/8"]

[[partner]]
name = "company"
open311_url = "${company.url}/v2/"
open311_key_file = "${file('company.key', theirs)}"
unit = "南汀供热站"
ask_every_s = 1
allow = ["127.0.0.0/8"]

[[partner]]
name = "inside"
hook_url = "${hall.url}/never"
hook_secret_file = "${file('inside.secret', secret)}"
`);
  const server = await startServer({ args: ['--config', config] });
  t.after(() => server.stop());

  await t.test('the city files a case, asks how far it is, and hears what happens in order', async () => {
    const form = new URLSearchParams({ api_key: key, service_code: 'complaint', description: '楼道里太冷，没人管',
      last_name: '赵', phone: '13800001077', account_id: 'HALL-5' });
    const post = () => fetch(`${server.url}/open311/v2/requests.json`, { method: 'POST', body: form });
    const filed = await (await post()).json();
    assert.deepEqual(await (await post()).json(), filed, 'sent twice, filed once');
    const id = filed[0].service_request_id;
    const one = await (await fetch(`${server.url}/open311/v2/requests/${id}.json?api_key=${encodeURIComponent(key)}`)).json();
    assert.equal(one[0].status, 'open');
    assert.ok(one[0].expected_datetime, 'by when it is promised');
    await until('the city has heard of its case', () => heard.some((e) => e.type === 'case.filed' && e.data.number === id));
    assert.ok(!JSON.stringify(heard).includes('13800001077'), 'an event names nobody');
  });

  await t.test('a case of the company\'s unit is theirs to do, and their answer is the unit\'s reply', async () => {
    const agent = await signIn(server, '1001');
    const units = (await agent.get('/case-units')).items;
    const made = await agent.post('/cases', { kind: 'leak', title: '暖气漏水', detail: '阀门在滴水',
      contact_number: '13800001078', contact_name: '钱', address: '没有人知道在哪里的 9 号' });
    const of = () => agent.get(`/cases/${made.id}/progress`);
    if ((await of()).handler.name !== '南汀供热站') {
      const dispatcher = await signIn(server, '0103');
      await dispatcher.post(`/cases/${made.id}/acts`, { verb: 'dispatch', version: (await of()).version, why: '归南汀',
        unit: units.find((u) => u.name === '南汀供热站').id });
    }
    await until('the company has it', () => taken.length === 1);
    assert.equal(taken[0].service_code, 'leak');
    assert.equal(taken[0].api_key, theirs);
    assert.equal(taken[0].phone, '13800001078', 'who handles it can reach the citizen');
    await until('it is accepted in their unit\'s name', async () => (await of()).state === 'accepted');
    isDone = true;
    const replied = await until('their answer is here', async () => {
      const now = await of();
      return now.reply && now;
    }, { seconds: 20 });
    assert.equal(replied.demands[0].answer, '阀门已换，室温 21 度');
    assert.equal(taken.length, 1);
  });

  await t.test('a report told in confidence is nobody else\'s', async () => {
    const agent = await signIn(server, '1001');
    const before = heard.length;
    await agent.post('/cases', { kind: 'report', title: '举报收费', detail: '收了钱没有票' });
    const after = await agent.post('/cases', { kind: 'praise', title: '谢谢', detail: '师傅很好' });
    await until('what came after it was told', () => heard.slice(before).some((e) => e.data.kind === 'praise'));
    assert.ok(after.id);
    assert.ok(!heard.slice(before).some((e) => e.data.kind === 'report'));
  });

  await t.test('what is refused is a dead letter; a person sends it again', async () => {
    const chief = await signIn(server, '0101');
    isHallOpen = false;
    const agent = await signIn(server, '1001');
    await agent.post('/cases', { kind: 'suggestion', title: '建议', detail: '早点供暖' });
    const dead = await until('the letter is dead', async () =>
      (await chief.get('/deliveries?state=given_up')).items.find((d) => d.partner === 'city'));
    assert.equal(dead.last_status, 410);
    assert.equal(dead.note, 'no hook here any more');
    isHallOpen = true;
    const before = heard.length;
    await chief.post(`/deliveries/${dead.id}/send-again`, {});
    await until('it has arrived', () => heard.length > before);
    await assert.rejects(chief.post(`/deliveries/${dead.id}/drop`, {}), /409/);
    await assert.rejects(agent.get('/deliveries'), /403/);
  });

  await t.test('an address inside the house is asked only when the operator names it', async () => {
    const chief = await signIn(server, '0101');
    const tried = (await chief.get('/deliveries?limit=200')).items.filter((d) => d.partner === 'inside');
    assert.ok(tried.length > 0);
    assert.ok(tried.every((d) => d.state === 'waiting' && d.last_status === 0));
    assert.ok(tried.some((d) => d.tries > 0 && d.note.includes('the address of')));
    assert.ok(!server.log().includes(theirs) && !server.log().includes(key), 'no key is in the log');
  });
});
