// SPDX-License-Identifier: Apache-2.0
// Types and forms as data: an administrator adds a question and a class, an agent files by initials and is told what is
// wrong, an old case goes on by its own version, and the citizen sees the same form and completes it. A wholly new type with
// its own workflow and clocks is made on the page, a case of it goes its way, and goes on so when the type is changed.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const wide = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };
let server, agent, browser, gallery, old;

before(async () => {
  server = await startServer();
  agent = await signIn(server, '1001');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
  old = await agent.post('/cases', {
    kind: 'repair', title: '暖气片漏气', contact_number: '13800001001', address: '云汀市北桥区听松里 1 号楼',
    type_version: 1, class_code: 'heat.radiator.noise', answers: { room_c: '16' },
  });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function pageOf(login) {
  const page = await (await browser.newContext({ viewport: wide, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, login, /401 .*\/api\/v1\/session$|422 .*\/case-types\/(repair|Winter)$|422 .*\/cases\/\d+\/form$/);
  await page.goto(server.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  return page;
}

test('an administrator adds a question and a class, and that is version 2', async () => {
  const page = await pageOf('admin');
  await page.goto(`${server.url}/case-types`);
  await page.locator('[data-type=repair]').click();
  await page.locator('[data-row=room_c]').waitFor();
  await page.locator('[data-action=add-field]').click();
  const added = page.locator('[data-row=field1]');
  await added.locator('[data-field=title]').fill('水压');
  await added.locator('[data-field=kind]').selectOption('number');
  await added.locator('[data-field=min]').fill('9');
  await added.locator('[data-field=max]').fill('3');
  await added.locator('[data-field=unit]').fill('公斤');
  await page.locator('[data-class-row=meter] [data-action=add-below]').click();
  await page.locator('[data-class-row="meter.class1"] [data-field=class-title]').fill('水表结冰');
  await page.locator('.save [data-field=reason]').fill('入冬');
  await page.locator('[data-action=save-type]').click();
  await added.getByText('“不低于”比“不高于”还大').waitFor();
  await added.locator('[data-field=min]').fill('0');
  await page.locator('[data-part=preview] [data-answer=field1]').fill('4');
  await page.locator('[data-part=preview]').getByText('水压不能高于 3 公斤').waitFor();
  await gallery.take(page, 'case-types');
  await page.locator('[data-action=save-type]').click();
  await page.locator('[data-part=versions] li', { hasText: '第 2 版' }).getByText('入冬').waitFor();
});

test('an agent finds a class by initials, is told the limit, and saves by version 2', async () => {
  const page = await pageOf('1002');
  await page.locator('[data-field=kind]').first().click();
  await page.getByRole('option', { name: '报修', exact: true }).click();
  await page.locator('[data-type="repair-2"]').waitFor();
  await page.locator('input[name=contact_number]').fill('13800001002');
  await page.locator('input[name=address]').fill('云汀市北桥区听松里 2 号楼');
  await page.locator('textarea[name=detail]').fill('水表冻住了');
  await page.locator('[data-answer=room_c]').fill('-40');
  await page.locator('[data-action=submit_case]').click();
  await page.getByText('室内温度不能低于 −30 ℃').waitFor();
  await page.getByText('请选择诉求类别').waitFor();
  assert.equal(await page.locator('[data-answer=room_c]').inputValue(), '-40', 'nothing typed is lost');
  await page.locator('[data-field=class]').fill('sbjb');
  await page.locator('[data-class="meter.class1"]').waitFor();
  await gallery.take(page, 'case-form-class');
  await page.keyboard.press('Enter');
  await page.locator('[data-answer=room_c]').fill('12');
  await page.locator('[data-answer=visit_phone]').fill('13900000077');
  await page.locator('[data-answer=field1]').fill('2');
  await page.locator('[data-action=submit_case]').click();
  await page.locator('[data-case=saved]').waitFor();
  await page.getByRole('link', { name: '打开工单' }).click();
  await page.locator('[data-form="repair-2"]').waitFor();
  assert.equal(await page.locator('[data-class-path]').innerText(), '热计量表 / 水表结冰');
  assert.match(await page.locator('[data-answered=field1]').innerText(), /2 公斤/);
  await gallery.take(page, 'case-form-read');
});

test('the old case is still shown by version 1, on the page and on paper', async () => {
  const page = await pageOf('1003');
  for (const where of [`/cases/${old.id}`, `/cases/${old.id}/print`]) {
    await page.goto(server.url + where);
    await page.locator('[data-form="repair-1"]').waitFor();
    assert.equal(await page.locator('[data-class-path]').innerText(), '供热设备 / 暖气片 / 暖气片有响声');
    assert.equal(await page.locator('[data-answered=field1]').count(), 0);
  }
  await gallery.take(page, 'case-form-print');
});

test('the citizen sees the same form on a phone and completes it', async () => {
  const { number, code } = await agent.post(`/cases/${old.id}/code`);
  const page = await (await browser.newContext({ viewport: phone, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'citizen');
  await page.goto(`${server.url}/case.html`);
  await page.getByLabel('工单号').fill(number);
  await page.getByLabel('查询码').fill(code);
  await page.locator('[data-action=enter]').click();
  const card = page.locator('[data-part=form]');
  await card.getByText('供热设备 / 暖气片 / 暖气片有响声').waitFor();
  await card.locator('[data-action=complete]').click();
  await card.locator('[data-answer=room_c]').fill('99');
  await card.locator('[data-action=save-answers]').click();
  await card.getByText('室内温度不能高于 50 ℃').waitFor();
  await gallery.take(page, 'citizen-form');
  await card.locator('[data-answer=room_c]').fill('13');
  await card.locator('[data-action=save-answers]').click();
  await card.getByText('已保存，谢谢').waitFor();
  const form = await agent.get(`/cases/${old.id}/form`);
  assert.equal(form.answers.room_c, '13');
  assert.equal(form.version, 1);
});

test('what was written down wrong is corrected with a reason, and the history says so', async () => {
  const page = await pageOf('1001');
  await page.goto(`${server.url}/cases/${old.id}`);
  await page.locator('[data-action=correct]').click();
  const part = page.locator('[data-part=correct]');
  await part.locator('[data-answer=room_c]').fill('99');
  await part.locator('[data-field=correct-why]').fill('听错了');
  await part.locator('[data-action=save-correction]').click();
  await part.getByText('室内温度不能高于 50 ℃').waitFor();
  await gallery.take(page, 'case-correct');
  await part.locator('[data-answer=room_c]').fill('15');
  await part.locator('[data-action=save-correction]').click();
  await page.locator('[data-answered=room_c]', { hasText: '15' }).waitFor();
  await page.locator('.history li', { hasText: '更正了登记信息' }).getByText('听错了').waitFor();
  assert.equal((await agent.get(`/cases/${old.id}/form`)).answers.room_c, '15');
});

const stateOf = async (id) => (await agent.get(`/cases/${id}/progress`)).state;
/** Dispatched by hand, accepted and answered by the station, without 开始办理 between. */
async function answered(id) {
  const [chief, station] = [await signIn(server, '0101'), await signIn(server, '0201')];
  const unit = (await chief.get('/case-units')).items.find((u) => u.name === '北桥供热站').id;
  const act = async (who, body) => who.post(`/cases/${id}/acts`, { version: (await who.get(`/cases/${id}/progress`)).version, ...body });
  await act(chief, { verb: 'dispatch', unit, why: '请研究' });
  await act(station, { verb: 'accept' });
  await act(station, { verb: 'reply', answers: { 1: '已采纳' } });
  return stateOf(id);
}

test('a wholly new type takes its workflow and clocks from what there is', async () => {
  const page = await pageOf('admin');
  await page.goto(`${server.url}/case-types`);
  await page.locator('[data-action=new-type]').click();
  const field = (name) => page.locator(`[data-field=${name}]`);
  await field('type-title').fill('冬供建议');
  await field('type-code').fill('Winter');
  await field('type-nature').selectOption('suggestion');
  await field('type-urgency').selectOption('emergency');
  await field('reason').fill('供暖季新设');
  await page.locator('[data-action=save-type]').click();
  await page.locator('[data-fault=code]').getByText('代码、首字母只能用小写字母').waitFor();
  await page.locator('[data-fault=workflow]').getByText('请选择流程').waitFor();
  await page.locator('[data-fault=clock_preset]').getByText('请选择时限').waitFor();
  await field('type-code').fill('winter');
  await field('type-workflow').selectOption('thanks');
  await field('type-clocks').selectOption('advice');
  await page.locator('[data-part=promises]').getByText('办结 10 个工作日').waitFor();
  await page.locator('[data-action=add-field]').click();
  await page.locator('[data-row=field1] [data-field=title]').fill('哪一年');
  await page.locator('[data-row=field1] [data-field=required]').check();
  await gallery.take(page, 'case-type-new');
  await page.locator('[data-action=save-type]').click();
  await page.locator('[data-part=versions] li', { hasText: '第 1 版' }).getByText('供暖季新设').waitFor();
  await page.locator('[data-type=winter]').waitFor();
});

test('a case of the new type goes its way, and goes on so when the type takes another workflow', async () => {
  const desk = await pageOf('1002');
  await desk.locator('[data-field=kind]').first().click();
  await desk.getByRole('option', { name: '冬供建议', exact: true }).click();
  await desk.locator('[data-type="winter-1"]').waitFor();
  await desk.locator('textarea[name=detail]').fill('早几天试水');
  await desk.locator('input[name=contact_number]').fill('13800001002');
  await desk.locator('input[name=address]').fill('云汀市北桥区听松里 2 号楼');
  await desk.getByText('还差 1 项').waitFor();
  await desk.locator('[data-answer=field1]').fill('2026');
  await desk.getByText('必填项已齐').waitFor();
  await desk.locator('[data-action=submit_case]').click();
  await desk.locator('[data-case=saved]').waitFor();
  await desk.getByRole('link', { name: '打开工单' }).click();
  await desk.locator('[data-form="winter-1"]').waitFor();
  await desk.locator('.page-head [data-urgency=emergency]').getByText('特急').waitFor();
  await gallery.take(desk, 'case-of-new-type');
  const id = Number(/cases\/(\d+)/.exec(desk.url())[1]);
  const made = await agent.get(`/cases/${id}`);
  assert.equal(made.kind_title, '冬供建议');
  assert.equal(made.urgency, 'emergency');
  const before = await agent.get(`/cases/${id}/progress`);

  const page = await pageOf('admin');
  await page.goto(`${server.url}/case-types`);
  await page.locator('[data-type=winter]').click();
  await page.locator('[data-field=type-workflow]').selectOption('standard');
  await page.locator('[data-field=type-clocks]').selectOption('emergency');
  await page.locator('.save [data-field=reason]').fill('改为要审核');
  await page.locator('[data-action=save-type]').click();
  await page.locator('[data-part=versions] li', { hasText: '第 2 版' }).getByText('改为要审核').waitFor();

  const after = await agent.get(`/cases/${id}/progress`);
  assert.deepEqual(after.clocks.map((c) => [c.name, c.allowed_s]), before.clocks.map((c) => [c.name, c.allowed_s]));
  const next = await agent.post('/cases', { kind: 'winter', title: '再早几天', type_version: 2, answers: { field1: '2027' } });
  const nextClocks = (await agent.get(`/cases/${next.id}/progress`)).clocks;
  assert.ok(nextClocks.find((c) => c.name === 'close').allowed_s < after.clocks.find((c) => c.name === 'close').allowed_s);
  assert.equal(await stateOf(id), before.state);
  assert.equal(await answered(id), 'reviewed', 'its workflow has no review');
  assert.equal(await answered(next.id), 'replied', 'that of the new version has');
  assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
  if (kept) gallery.shrink();
});
