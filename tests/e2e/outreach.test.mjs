// SPDX-License-Identifier: Apache-2.0
// What goes back to the citizen: SMS by a gateway, its receipts, mail, the call list, the stop word; and that
// a kill -9 loses no message and makes none twice.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { startMailServer } from './lib/mail_server.mjs';
import { signIn, startServer, tempFolder } from './lib/server.mjs';
import { startGateway } from './lib/sms_gateway.mjs';
import { until } from './lib/wait.mjs';

const secret = 'made-up-for-this-test';
const reached = '13800001001', refused = '13800001009', stopped = '13800001008';

async function startHotline(gateway, mail, data) {
  const folder = tempFolder('outreach');
  fs.writeFileSync(path.join(folder, 'secret'), `${secret}\n`);
  const config = path.join(folder, 'ys.toml');
  fs.writeFileSync(config, [
    '[http]', 'public_url = "https://hotline.example"', '[outreach]', `sms_url = "${gateway.url}"`,
    `sms_secret_file = "${path.join(folder, 'secret')}"`, 'quiet = ""',
    ...(mail ? [`smtp_url = "${mail.url}"`, 'smtp_from = "hotline@hotline.example"'] : []), '',
  ].join('\n'));
  return startServer({ args: ['--config', config], ...(data ? { data } : {}) });
}
const file = (agent, number) => agent.post('/cases', {
  kind: 'no_heat', title: '家里不热', contact_number: number,
  address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好'],
});
const messages = (person, id) => person.get(`/cases/${id}/messages`);
/** The states of one reason's message: "sms sent". */
async function stateOf(person, id, reason) {
  const found = (await messages(person, id)).items.find((m) => m.reason === reason);
  return found && `${found.channel} ${found.state}`;
}
const comes = (person, id, reason, state) =>
  until(`${reason} to be ${state}`, async () => (await stateOf(person, id, reason)) === state, { seconds: 30 });

test('a citizen is written with number, link and hotline, and a receipt is seen on the case page', async () => {
  const gateway = await startGateway({ secret });
  const server = await startHotline(gateway);
  const agent = await signIn(server, '1001');
  const made = await file(agent, reached);
  await until('the SMS', () => gateway.to(reached, '已受理'), { seconds: 30 });
  const sms = gateway.to(reached, '已受理');
  assert.match(sms.text, new RegExp(made.number));
  assert.match(sms.text, /https:\/\/hotline\.example\/case\.html#[A-Za-z0-9_-]{22}/);
  assert.match(sms.text, /热线6000/);
  assert.equal(sms.receipts, 'https://hotline.example/api/v1/messages/gateway');
  await comes(agent, made.id, 'filed', 'sms sent');
  const shown = (await messages(agent, made.id)).items[0].text;
  assert.match(shown, /case\.html#…/, 'what opens the case is not shown to who may not act as the citizen');

  assert.equal((await gateway.tell(server.url, { kind: 'receipt', key: sms.key, state: 'delivered' },
    { 'x-yingsheng-signature': 'v1=0' })).status, 403);
  assert.equal(await stateOf(agent, made.id, 'filed'), 'sms sent');
  const desk = await openDesk(server, '1001');
  try {
    await desk.page.goto(`${server.url}/cases/${made.id}`);
    const state = desk.page.locator('[data-message=filed] [data-state]');
    await state.getByText('已发送').waitFor();
    const told = await gateway.receipt(server.url, sms.key, 'delivered');
    assert.equal(told.status, 204);
    await state.getByText('已送达').waitFor();
    // The same words again, and other words after them, change nothing.
    assert.equal((await gateway.tell(server.url, { kind: 'receipt', key: sms.key, state: 'delivered', reason: '' }, told.headers)).status, 204);
    assert.equal((await gateway.receipt(server.url, sms.key, 'refused', 'late')).status, 204);
    assert.equal(await stateOf(agent, made.id, 'filed'), 'sms delivered');
  } finally {
    await desk.close();
  }
  assert.deepEqual(gateway.faults, []);
  await server.stop();
  await gateway.stop();
});

test('refused goes to mail, refused there to the call list; who wrote TD gets nothing', async () => {
  const gateway = await startGateway({ secret, refuses: [refused] });
  const mail = await startMailServer();
  const server = await startHotline(gateway, mail);
  const agent = await signIn(server, '1001');
  const station = await signIn(server, '0201');
  const made = await file(agent, refused);
  await comes(agent, made.id, 'filed', 'sms refused');
  assert.equal((await messages(agent, made.id)).items[0].why, 'no_such_number');

  const mailTo = (address) => agent.call('PUT', `/cases/${made.id}/mail`, { mail: address });
  await assert.rejects(mailTo('a@b\r\nRCPT TO:<c@d>'), /422.*bad_mail/s);
  assert.equal((await mailTo('li@home.example')).mail, 'l***@home.example');
  const act = (person, body) => person.post(`/cases/${made.id}/acts`, body);
  await act(station, { verb: 'accept' });
  await comes(agent, made.id, 'accepted', 'mail sent');
  const [letter] = mail.mails;
  assert.equal(letter.to, 'li@home.example');
  assert.match(letter.text, new RegExp(`${made.number}.*case\\.html#[A-Za-z0-9_-]{22}.*热线6000`));
  assert.match(letter.head, /Message-ID: <m\d+-mail-\d+@hotline\.example>/);

  await mailTo('nobody@home.example');
  await act(station, { verb: 'begin' });
  await act(station, { verb: 'reply', answers: { 1: '阀门已修好' } });
  await act(agent, { verb: 'tell_citizen', channel: 'sms' });
  await comes(agent, made.id, 'reply', 'call_list queued');
  const [waiting] = (await agent.get('/messages/to-call')).items;
  assert.equal(waiting.case_number, made.number);
  assert.match(waiting.text, /阀门已修好/);
  assert.equal((await agent.post(`/messages/${waiting.id}/called`, { outcome: 'told' })).state, 'delivered');
  assert.deepEqual((await agent.get('/messages/to-call')).items, []);
  await assert.rejects(agent.post(`/messages/${waiting.id}/called`, { outcome: 'told' }), /409/);

  assert.equal((await gateway.wrote(server.url, `+86${stopped}`, ' td ')).status, 204);
  const quiet = await file(agent, stopped);
  await comes(agent, quiet.id, 'filed', 'sms stopped');
  assert.equal(gateway.to(stopped), undefined);
  assert.equal((await messages(agent, quiet.id)).has_stopped, true);
  await gateway.wrote(server.url, stopped, '恢复');
  await comes(agent, (await file(agent, stopped)).id, 'filed', 'sms sent');
  await server.stop();
  await gateway.stop();
  await mail.stop();
});

test('with nothing set up the case page says so and the code is read aloud', async () => {
  const server = await startServer();
  const agent = await signIn(server, '1001');
  const made = await file(agent, reached);
  await comes(agent, made.id, 'filed', 'sms refused');
  const [message] = (await messages(agent, made.id)).items;
  assert.equal(message.why, 'not_configured');
  assert.equal((await fetch(`${server.url}/api/v1/messages/gateway`, { method: 'POST', body: '{}' })).status, 403);
  const desk = await openDesk(server, '1001');
  try {
    await desk.page.goto(`${server.url}/cases/${made.id}`);
    await desk.page.getByText('未配置短信网关，请口头告知查询码').waitFor();
  } finally {
    await desk.close();
  }
  await server.stop();
});

test('a kill -9 while messages go out loses none and makes none twice', async () => {
  const slowly = () => new Promise((done) => setTimeout(() => done(202), 40));
  const gateway = await startGateway({ secret, answers: slowly });
  let server = await startHotline(gateway);
  const { data } = server;
  const made = [];
  for (let round = 0; round < 4; round += 1) {
    const agent = await signIn(server, '1001');
    await Promise.all(Array.from({ length: 12 }, async () => made.push(await file(agent, reached))));
    await until('some to be out', () => gateway.all().length >= made.length - 6, { seconds: 60 });
    server.child.kill('SIGKILL');
    await until('the end', () => server.child.exitCode !== null || server.child.signalCode, { seconds: 30 });
    server = await startHotline(gateway, undefined, data);
  }
  const agent = await signIn(server, '1001');
  for (const each of made) await comes(agent, each.id, 'filed', 'sms sent');
  for (const each of made) {
    const about = gateway.all().filter((s) => s.text.includes(each.number) && s.text.includes('已受理'));
    assert.equal(about.length, 1, `${each.number}: ${about.length} messages`);
    assert.equal((await messages(agent, each.id)).items.filter((m) => m.reason === 'filed').length, 1);
  }
  assert.deepEqual(gateway.faults, [], 'what was sent again said the same under the same key');
  await server.stop({ keep: true });
  fs.rmSync(data, { recursive: true, force: true });
  await gateway.stop();
});
