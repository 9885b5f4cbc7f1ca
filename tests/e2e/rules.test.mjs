// SPDX-License-Identifier: Apache-2.0
// An administrator changes the rules in the browser: tried out, saved with a reason, and the next call goes by them
// without a restart; the journal tells every decision again, and a restart keeps what was saved.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { quick, signIn, startServer } from './lib/server.mjs';
import { ring } from './lib/udp_caller.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { until } from './lib/wait.mjs';

let server, first, second, admin, browser, page;
const phones = [];
const begun = new Date(Date.now() - 60_000).toISOString();

async function atWork(login, phone) {
  phones.push(await startUdpPhone({ server, user: phone, password: server.demo_password }));
  const desk = await openDeskSocket(server, login);
  await desk.say('sign_in', { seat: { kind: 'sip_phone', address: phone } });
  await desk.say('ready');
  await desk.inState('Ready');
  return desk;
}
const part = (name) => page.locator(`[data-part=${name}]`).click();

before(async () => {
  server = await startServer({ scenario: quick });
  first = await atWork('1001', '8001');
  second = await atWork('1002', '8002');
  admin = await signIn(server, 'admin');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(server.url);
  await page.getByLabel('登录名').fill('admin');
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
});
after(async () => {
  await browser?.close();
  for (const desk of [first, second]) desk?.close();
  for (const phone of phones) await phone.stop?.();
  await server?.stop();
});

test('a skill given and a queue that needs it: previewed, saved, and the next call rings there', async () => {
  await page.goto(`${server.url}/rules`);
  await page.locator('[data-editor=queue]').waitFor();
  await part('skills');
  await page.locator('[data-action=add_skill]').click();
  await page.locator('[data-field=skill-title-0]').fill('藏语');
  await part('queues');
  await page.locator('[data-queue=desk]').click();
  await page.locator('[data-editor=queue]').getByLabel('藏语').check();
  await page.locator('[data-field=q-answer]').fill('900');
  await page.locator('.field-error').getByText('5 到 120').waitFor();
  await page.locator('[data-field=q-answer]').fill('20');
  await part('seats');
  await page.locator('[data-agent="1002"] [data-skill=skill-1]').selectOption('3');
  await page.getByText('用我填的数').click();
  const say = page.locator('[data-say]');
  await say.getByText(/按这 \d+ 人，15 秒接起率约 \d+/).waitFor();
  await page.locator('[data-changes]').getByText('藏语').first().waitFor();
  await page.locator('[data-field=reason]').fill('藏语专席');
  await page.locator('[data-action=save_rules]').click();
  await page.locator('.el-message').getByText('已生效').waitFor();

  const call = await ring(server, { user: '13800001001' });
  await second.inCall('talking', 40);
  assert.equal(first.view.state, 'Ready', 'who was idle longer has not learnt it');
  call.hangUp();
  await call.ended;
  await second.inState('WrapUp');
});

test('the change is in the audit with its reason, and the whole rules are not', async () => {
  const row = await until('the change is in the audit', async () => (await admin.get('/audit')).items.find((r) => r.kind === 'PolicyInForce'));
  assert.match(row.body.what, /藏语专席/);
  assert.equal(row.body.policy, undefined);
});

test('somebody else’s save makes this one stale', async () => {
  const { id } = (await admin.get('/centres')).items[0];
  const { rules } = await admin.get(`/centres/${id}/rules`);
  const save = (title) => admin.call('PUT', `/centres/${id}/rules`, { rules: { ...rules, queues: rules.queues.map((q) => ({ ...q, title: q.name === 'desk' ? title : q.title })) }, reason: '改名' });
  await save('报修一线');
  await assert.rejects(save('报修二线'), /409.*stale/);
});

test('a centre is renamed with a reason, at once on every page, and not without a name', async () => {
  await page.goto(`${server.url}/rules`);
  await part('centre');
  await page.locator('[data-field=centre-name]').fill('云汀热线中心');
  assert.ok(await page.locator('[data-action=rename]').isDisabled(), 'a reason is needed');
  await page.locator('[data-field=centre-reason]').fill('机构改名');
  await page.locator('[data-action=rename]').click();
  await page.locator('[data-field=centre] option').getByText('云汀热线中心').waitFor({ state: 'attached' });
  await page.getByText('6000').first().waitFor();
  assert.equal((await admin.get('/centres')).items[0].name, '云汀热线中心');
  const chief = await openDeskSocket(server, '0101');
  await chief.say('watch_floor', { on: true });
  const floor = await until('the floor has the new name', () => chief.words.findLast((w) => w.type === 'floor'));
  assert.deepEqual(floor.centres.map((c) => c.name), ['云汀热线中心']);
  chief.close();
  const row = await until('the name is in the audit', async () => (await admin.get('/audit')).items.find((r) => /机构改名/.test(r.body.what ?? '')));
  assert.match(row.body.what, /试验热线 -> 云汀热线中心/);
});

test('holidays are entered and in force', async () => {
  const year = new Date().getFullYear() + 1;
  await page.goto(`${server.url}/days`);
  await page.locator('[data-field=year]').selectOption(String(year));
  await page.locator('[data-action=add_day]').click();
  const day = page.locator('[data-day] [data-day-field]').last();
  assert.equal(await day.inputValue(), `${year}-01-01`, 'year first, whatever the browser speaks');
  await day.fill(`${year}-02-30`);
  assert.ok(await day.evaluate((e) => !e.validity.valid), 'no such day');
  await day.fill(`${year}年1月1日`);
  await page.getByLabel('名称').last().fill('元旦');
  assert.equal(await day.inputValue(), `${year}-01-01`);
  await page.locator('#days-reason').fill('国务院通知');
  await page.locator('[data-action=save_days]').click();
  await page.getByText('已在这里填写').first().waitFor();
  assert.deepEqual((await admin.get(`/special-days/${year}`)).days, [{ day: `${year}-01-01`, name: '元旦', is_workday: false }]);
});

test('replay over the change differs in no decision; a restart keeps the rules', async () => {
  const again = server.run('replay', '--from', begun, '--to', new Date(Date.now() + 60_000).toISOString());
  assert.equal(again.different, 0);
  assert.ok(again.decisions >= 1);
  for (const desk of [first, second]) desk.close();
  for (const phone of phones.splice(0)) await phone.stop?.();
  await server.stop({ keep: true });
  server = await startServer({ scenario: quick, data: server.data });
  admin = await signIn(server, 'admin');
  const { id } = (await admin.get('/centres')).items[0];
  const { rules } = await admin.get(`/centres/${id}/rules`);
  assert.equal(rules.queues.find((q) => q.name === 'desk').title, '报修一线');
  assert.deepEqual(rules.agents.find((a) => a.work_number === '1002').skills, [{ skill: 'skill-1', level: 3 }]);
});
