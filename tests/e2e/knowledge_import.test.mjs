// SPDX-License-Identifier: Apache-2.0
// Articles out of files: a table in Excel's own encoding is looked at, what was not understood is named with its cell,
// the chosen ones become drafts once; hostile and wrong files are refused by name; who owns an article is reminded.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
let server, browser, gallery, writer, reader, page;

before(async () => {
  server = await startServer();
  [writer, reader] = await Promise.all(['0410', '0411'].map((login) => signIn(server, login)));
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
  page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, '0410', /401 .*\/session$|422 .*\/article-imports$/);
  await page.goto(server.url);
  await page.getByLabel('登录名').fill('0410');
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  await page.goto(`${server.url}/knowledge/import`);
  await page.locator('[data-action=example-xlsx]').waitFor();
});
after(async () => {
  if (kept) gallery?.shrink();
  await browser?.close();
  await server?.stop();
});

/** "标题,口径" in GB18030, which Node cannot write: two bytes for each character of these words. */
const gb = { 标: 'b1ea', 题: 'cce2', 口: 'bfda', 径: 'beb6', 有: 'd3d0', 效: 'd0a7', 期: 'c6da', 至: 'd6c1', 备: 'b1b8', 注: 'd7a2', 停: 'cda3', 热: 'c8c8', 退: 'cdcb', 费: 'b7d1', 明: 'c3f7', 年: 'c4ea', 按: 'b0b4', 天: 'ccec' };
const inGb = (text) => Buffer.concat([...text].map((c) => (gb[c] ? Buffer.from(gb[c], 'hex') : Buffer.from(c, 'latin1'))));
const bring = async (name, buffer) => {
  await page.locator('[data-field=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
};
const nothingWrong = () => assert.deepEqual(gallery.faults.splice(0), [], `the pictures are in ${gallery.folder}`);

test('a table of Excel is looked at first, and what was chosen becomes drafts, once', async () => {
  await gallery.take(page, 'knowledge-import');
  const file = inGb('标题,口径,有效期至,备注\n停热退费,按天退,明年,1\n,按天,,\n退费,按天退,2027-12-31,\n');
  await bring('停热.csv', file);
  await page.locator('[data-import="1"]').waitFor();
  assert.match(await page.locator('[data-part=sum]').innerText(), /GB18030/);
  assert.match(await page.locator('[data-import="0"] [data-note=no_date]').innerText(), /C2.*明年/s);
  assert.match(await page.locator('[data-part=file-notes]').innerText(), /D1.*备注/s);
  assert.match(await page.locator('[data-part=file-notes] [data-note=no_title]').innerText(), /第3行/);
  assert.equal((await writer.get('/articles?show=open')).items.length, 0, 'nothing is stored by looking');
  await page.locator('[data-part=without-matter]').waitFor();
  assert.equal(await page.locator('[data-action=make]').isDisabled(), true);
  await gallery.take(page, 'knowledge-import-report');
  for (const i of [0, 1]) await page.locator(`[data-import="${i}"] [data-field=matter]`).selectOption({ index: 1 });
  await page.locator('[data-action=make]').click();
  await page.locator('[data-part=made]').getByText('已建 2 条草稿').waitFor();
  const open = (await writer.get('/articles?show=open')).items;
  assert.deepEqual(open.map((a) => [a.title, a.state, a.open_state]).sort(), [['停热退费', 'new', 'draft'], ['退费', 'new', 'draft']]);
  await bring('停热.csv', file);
  await page.locator('[data-import="1"] [data-part=twin]').waitFor();
  assert.equal(await page.locator('[data-wanted=true]').count(), 0, 'what is there is not wanted again');
  await gallery.take(page, 'knowledge-import-twins');
  nothingWrong();
});

test('the example that is given comes back as it is, and files that are none are refused by name', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=example-xlsx]').click()]);
  await page.locator('[data-field=file]').setInputFiles(await download.path().then(async (from) => ({ name: 'articles.xlsx', mimeType: '', buffer: await (await import('node:fs/promises')).readFile(from) })));
  await page.locator('[data-part=sum]').getByText('全部读懂了').waitFor();
  for (const [name, buffer, words] of [
    ['旧.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧格式'],
    ['通知.pdf', Buffer.from('%PDF-1.7 x'), 'PDF'],
    ['../../etc/passwd.docx', Buffer.from('504b0304ffff', 'hex'), '损坏'],
    ['图.png', Buffer.from('89504e470d0a1a0a00000000', 'hex'), '不是 Word'],
    ['乱.csv', Buffer.from('612c620affff80', 'hex'), '编码'],
  ]) {
    await bring(name, buffer);
    await page.locator('[data-part=problem]').getByText(words).waitFor();
  }
  await gallery.take(page, 'knowledge-import-refused');
  nothingWrong();
});

test('its owner is reminded before an article expires, and says once that it was seen', async () => {
  const content = { title: '快到期的一条', statement: '一', texts: { agent: '一', citizen: '二', voice: '三' }, materials: [], steps: [], regions: [], transfer: '', source: '第三条',
    valid_until: new Date(Date.now() + 86_400_000).toISOString(), review_by: null, owner_id: writer.session.user.id };
  const made = await writer.post('/articles', { matter: (await writer.get('/matters')).items[0].code, content });
  await writer.post(`/articles/${made.line.id}/acts`, { verb: 'submit' });
  await reader.post(`/articles/${made.line.id}/acts`, { verb: 'approve', from: null });
  await page.goto(`${server.url}/knowledge`);
  assert.equal(await page.locator('[data-part=unseen]').innerText(), '1');
  await page.locator('.tabs a', { hasText: '到期提醒' }).click();
  const reminder = page.locator(`[data-reminder="${made.line.id}-expires"]`);
  await reminder.waitFor();
  await gallery.take(page, 'knowledge-reminders');
  await reminder.locator('[data-action=seen]').click();
  await until('it counts as seen', async () => (await reminder.getAttribute('data-seen')) === 'true');
  await page.reload();
  await reminder.waitFor();
  assert.equal(await page.locator('[data-part=unseen]').count(), 0);
  nothingWrong();
});
