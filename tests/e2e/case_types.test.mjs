// SPDX-License-Identifier: Apache-2.0
// Types and forms as data: an administrator adds a question and a class, an agent files by initials and is told what is
// wrong, an old case goes on by its own version, and the citizen sees the same form and completes it.
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
  gallery.watch(page, login, /401 .*\/api\/v1\/session$|422 .*\/case-types\/repair$/);
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
  assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
  if (kept) gallery.shrink();
});
