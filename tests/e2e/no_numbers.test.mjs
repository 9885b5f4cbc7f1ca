// SPDX-License-Identifier: Apache-2.0
// Known telephone numbers, an identity number, a name and a door go through the real program by calls, cases, customers,
// messages, searches and a kill: then every file it left is looked through, byte by byte and column by column.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { formsOf, placesOf } from './lib/known_words.mjs';
import { signIn, startServer, tempFolder } from './lib/server.mjs';
import { startGateway } from './lib/sms_gateway.mjs';
import { ring } from './lib/udp_caller.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { until } from './lib/wait.mjs';

const words = {
  caller: '13987650123', 'who hung up': '13987650127', landline: '045187650124', 'number of a case': '13987650126',
  'number in a draft': '13987650125', 'number inside text': '13987650128', 'barred number': '13987650129',
  'number of the subject': '13987650130', 'number of the contact': '13987650131', subject: '司徒念慈',
  'identity number': '230102199001018765', name: '慕容未央', door: '七号楼九单元1804',
};
const address = `云汀市北桥区听松里${words.door}`;

test('a word is found however it is written', () => {
  const folder = tempFolder('words');
  const word = words.caller, name = words.name;
  const ways = {
    utf16: Buffer.from(`x${name}`, 'utf16le'), base64: Buffer.from(Buffer.from(`number=${word};`).toString('base64')),
    json: Buffer.from(`"${[...name].map((c) => `\\u${c.charCodeAt(0).toString(16)}`).join('')}"`),
    address: Buffer.from(`/x?q=${encodeURIComponent(name)}`), other: Buffer.from('13987650 123'),
  };
  for (const [file, bytes] of Object.entries(ways)) fs.writeFileSync(path.join(folder, file), bytes);
  assert.ok(formsOf(word).length >= 10);
  assert.deepEqual(placesOf({ word, name }, folder), ['address: name', 'base64: word', 'json: name', 'utf16: name']);
  fs.rmSync(folder, { recursive: true, force: true });
});

test('known numbers and names stand in no file, log or metric', async () => {
  const gateway = await startGateway({ secret: 'made-up-for-this-test' });
  const folder = tempFolder('numbers');
  fs.writeFileSync(path.join(folder, 'secret'), 'made-up-for-this-test\n');
  const config = path.join(folder, 'ys.toml');
  fs.writeFileSync(config, `[http]\npublic_url = "https://hotline.example"\n[outreach]\nsms_url = "${gateway.url}"\nsms_secret_file = "${path.join(folder, 'secret')}"\nquiet = ""\n`);
  let server = await startServer({ args: ['--config', config] });
  const texts = [];
  const keepLog = (name) => texts.push([name, Buffer.from(server.log())]);
  const agent = await signIn(server, '1001');
  const chief = await signIn(server, '0101');

  // Calls: one that talks with an agent and is recorded, one that hangs up in the robot.
  const phone = await startUdpPhone({ server, user: '8001', password: server.demo_password });
  const desk = await openDeskSocket(server, '1001');
  await desk.say('sign_in', { seat: { kind: 'sip_phone', address: '8001' } });
  await desk.say('ready');
  await desk.inState('Ready');
  const talks = await ring(server, { user: words.caller, name: words.name });
  const early = await ring(server, { user: words['who hung up'] });
  await until('the calls are up', () => talks.call.state === 'up' && early.call.state === 'up', { seconds: 30 });
  early.hangUp();
  const asksForAPerson = setInterval(() => talks.press('0'), 2000);
  const view = await desk.inCall('talking', 90);
  clearInterval(asksForAPerson);
  assert.equal(view.caller, words.caller);

  // What the agent writes down, and what everybody looks for.
  const { id } = await agent.post('/customers', { name: words.name, numbers: [words.caller, words.landline], address });
  await agent.call('PUT', `/drafts/${view.interaction}`, { body: { contact_number: words['number in a draft'], contact_name: words.name } });
  const file = (number, more = {}) => agent.post('/cases', {
    kind: 'no_heat', title: `${words.name}家里不热`, detail: `身份证 ${words['identity number']}，另打 ${words['number inside text']}。`,
    contact_name: words.name, contact_number: number, address, demands: [`给${words.name}修好，电话 ${words['number inside text']}`], ...more,
  });
  const made = await file(words['number of a case'], { customer_id: id, interaction_id: view.interaction });
  await file(words.landline, { people: [
    { part: 'subject', name: words.subject, phone: words['number of the subject'], relation: 'parent', consent: 'spoken' },
    { part: 'contact', name: words.subject, phone: words['number of the contact'], relation: 'child', consent: 'spoken' },
  ] });
  await until('the SMS to the contact', () => gateway.to(words['number of the contact']), { seconds: 60 });
  await file(words.caller);
  await chief.post(`/cases/${made.id}/acts`, { verb: 'urge', text: `${words.name} ${words['number inside text']} 又来电` });
  await until('the SMS', () => gateway.to(words['number of a case']), { seconds: 60 });
  await agent.post('/barred_callers', { number: words['barred number'], reason: `辱骂，自称${words.name}`, days: 3 });
  for (const q of Object.values(words)) {
    const e = encodeURIComponent(q);
    await Promise.all([`/customers?q=${e}`, `/customers?number=${e}`, `/cases?q=${e}`, `/timeline?number=${e}`].map((p) => agent.get(p).catch(() => {})));
    await chief.get(`/calls?q=${e}`).catch(() => {});
    await agent.get(`/no-such-thing/${e}`).catch(() => {});
  }
  await chief.post('/cases/export', { reason: '月报' });
  talks.hangUp();
  await talks.ended;
  await until('the recording is there', async () => (await chief.get(`/calls/${view.interaction}`)).recordings.length > 0, { seconds: 60 });
  texts.push(['metrics', Buffer.from(await (await fetch(`${server.url}/metrics`)).text())]);

  // A crash in the middle of more of it, another life, and an orderly end.
  const more = Array.from({ length: 8 }, () => file(words['number of a case']).catch(() => {}));
  await new Promise((done) => setImmediate(done));
  server.child.kill('SIGKILL');
  await Promise.all(more);
  desk.close();
  await phone.stop?.();
  keepLog('log of the first life');
  const found = new Set(placesOf(words, path.join(server.data, 'db'), texts));
  server = await startServer({ args: ['--config', config], data: server.data });
  const again = await signIn(server, '1001');
  assert.equal((await again.get(`/cases?number=${words['number of a case']}`)).items.some((c) => c.id === made.id), true);
  keepLog('log of the second life');
  await server.stop({ keep: true });
  for (const place of placesOf(words, path.join(server.data, 'db'), texts)) found.add(place);
  await gateway.stop();
  fs.rmSync(folder, { recursive: true, force: true });

  // A file of the database says no more than its columns do.
  const isOfColumn = (place) => /^yingsheng\.db/.test(place) && [...found].some((f) => f.includes('.') && !f.startsWith('yingsheng.db') && f.split(': ')[1] === place.split(': ')[1]);
  const places = [...found].filter((p) => !isOfColumn(p)).sort();
  assert.deepEqual(places, []);
  fs.rmSync(server.data, { recursive: true, force: true });
});
