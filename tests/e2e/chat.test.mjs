// SPDX-License-Identifier: Apache-2.0
// A conversation in writing, from the robot to a person and to its end, in Chromium: the source of each answer, 不是我要的, the queue,
// an agent's words and article, files taken and refused, a rating; a reload and a cut line lose nothing and say nothing twice; the
// widget beside a city's page; text and names from outside are only ever text.
import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import test, { after, afterEach, before } from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const nonsense = ['帮我写一首关于月亮的诗', '今晚的足球几比几'];
const attack = '<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
let server, browser, gallery, agent, question;

before(async () => {
  server = await startServer();
  agent = await signIn(server, '1001');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
  await until('the robot has learnt', async () => (await agent.get(`/answers?q=${encodeURIComponent('暖气')}`)).certainty !== 'learning', { seconds: 240, every: 500 });
  for (const { text } of (await agent.get('/matters/heating_not_warm/askings')).items) {
    const heard = await agent.get(`/answers?q=${encodeURIComponent(text)}`);
    if (heard.certainty === 'sure' && heard.found[0]) { question = text; break; }
  }
  assert.ok(question, 'one asking the robot is sure of');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// What one test leaves open would come to the desk of the next.
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function pageOf(login, at = '/', expected = /^$/) {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, login, new RegExp(`401 .*/session$|${expected.source}`));
  await page.goto(server.url + at);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  return page;
}
async function citizen(expected) {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'citizen', expected);
  await page.goto(`${server.url}/chat.html`);
  await page.locator('[data-field=words]').waitFor();
  return page;
}
/** Says it, and waits until the hotline has it on disk. */
async function say(page, text) {
  const mine = page.locator('[data-author=citizen]');
  const before = await mine.count();
  await page.locator('[data-field=words]').fill(text);
  await page.locator('[data-action=send]').click();
  await mine.nth(before).waitFor();
  await page.locator('[data-unsent]').waitFor({ state: 'detached' });
}
const state = (page, name) => page.locator(`[data-chat-state=${name}]`).waitFor();
async function takeChats(desk) {
  const list = desk.locator('[data-chats-ready]').first();
  await list.waitFor();
  // Who left a moment ago is waited for, and takes chats still.
  if ((await list.getAttribute('data-chats-ready')) === 'false') await desk.locator('[data-action=take-chats]').first().click();
  await desk.locator('[data-chats-ready=true]').first().waitFor();
  await desk.locator('[data-field=at-once]').first().selectOption('5');
}
const open = (desk, id) => desk.locator(`.mine [data-desk-chat="${id}"]`).click();
async function toAgent(page, desk) {
  await page.locator('[data-action=person]').click();
  await state(page, 'with_agent');
  const id = await page.locator('[data-chat]').getAttribute('data-chat');
  await desk.locator(`[data-desk-chat="${id}"]`).first().waitFor();
  return id;
}
async function agentSays(desk, text) {
  await desk.locator('[data-field=chat-words]').fill(text);
  await desk.keyboard.press('Enter');
  await desk.locator('[data-open-chat] [data-author=agent]', { hasText: text.slice(0, 20) }).last().waitFor();
}
function nothingWrong() {
  assert.deepEqual(gallery.faults.splice(0), [], `the pictures are in ${gallery.folder}`);
}

test('the robot answers with its source, a person takes over, sends an article and is rated; nothing is lost or said twice', async () => {
  const page = await citizen(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|WebSocket/);
  assert.match(await page.locator('[data-robot]').innerText(), /我是机器人/);
  assert.equal(await page.locator('[data-chat]').count(), 0, 'looking begins nothing');
  await gallery.take(page, 'chat');
  await say(page, question);
  const answer = page.locator('[data-author=robot][data-article]').first();
  await answer.waitFor();
  assert.match(await answer.locator('[data-part=source]').innerText(), /依据：.+第 \d+ 版[\s\S]+的规定/);
  await gallery.take(page, 'chat-answer');

  await page.reload();
  await page.locator('[data-author=robot][data-article]').first().waitFor();
  assert.equal(await page.locator('[data-author=citizen]', { hasText: question }).count(), 1);

  await page.locator('[data-action=person]').click();
  await state(page, 'waiting');
  await page.locator('[data-position="1"]').waitFor();
  await gallery.take(page, 'chat-waiting');

  const desk = await pageOf('1001');
  await desk.locator('[data-part=waiting]').first().waitFor();
  await takeChats(desk);
  await state(page, 'with_agent');
  assert.match(await page.locator('[data-part=standing]').innerText(), /工号 1001/);
  await desk.keyboard.press('Alt+KeyJ');
  await desk.locator('[data-open-chat] [data-author=robot][data-article]').waitFor();
  await agentSays(desk, '您好，我是1001号，请问您家在哪个小区？');
  await page.locator('[data-author=agent]', { hasText: '哪个小区' }).waitFor();

  await page.context().setOffline(true);
  await page.locator('[data-field=words]').fill('幸福小区 3 号楼');
  await page.locator('[data-action=send]').click();
  await page.locator('[data-unsent=sending], [data-author=citizen]', { hasText: '幸福小区' }).waitFor();
  await page.reload().catch(() => undefined);
  await page.context().setOffline(false);
  await page.goto(`${server.url}/chat.html`);
  await page.locator('[data-author=citizen]', { hasText: '幸福小区' }).waitFor();
  await desk.locator('[data-open-chat] [data-author=citizen]', { hasText: '幸福小区' }).waitFor();
  assert.equal(await page.getByText('幸福小区 3 号楼').count(), 1, 'sent again it is one message');

  await desk.keyboard.press('Alt+KeyK');
  await desk.keyboard.type(question);
  await desk.locator('[data-action=send-answer]').waitFor();
  await desk.keyboard.press('Alt+KeyS');
  const sent = page.locator('[data-author=agent][data-article]');
  await sent.waitFor();
  assert.deepEqual([await sent.getAttribute('data-article'), await sent.getAttribute('data-version')],
    [await answer.getAttribute('data-article'), await answer.getAttribute('data-version')], 'robot and agent say the same version');
  await gallery.take(desk, 'chat-desk');
  await gallery.take(page, 'chat-agent');

  await page.locator('[data-action=end]').click();
  await page.locator('[data-action=yes]').click();
  await page.locator('[data-stars="5"]').check();
  await page.locator('[data-field=rate-words]').fill('说得清楚');
  await gallery.take(page, 'chat-rate');
  await page.locator('[data-action=rate]').click();
  await page.locator('[data-part=rated]').waitFor();
  const rated = (await agent.get('/chats?state=rated')).items[0];
  assert.deepEqual([rated.stars, rated.rating_words], [5, '说得清楚']);
  for (const each of [page, desk]) await each.context().close();
  nothingWrong();
});

test('不是我要的 and two turns that did not help lead to a person at once; danger is asked about', async () => {
  const page = await citizen();
  const safety = (await agent.get('/matters')).items.filter((m) => m.is_safety);
  let alarm;
  for (const { text } of (await agent.get(`/matters/${safety[0].code}/askings`)).items) {
    const heard = await agent.get(`/answers?q=${encodeURIComponent(text)}`);
    if (heard.certainty === 'confirm') { alarm = text; break; }
  }
  await say(page, alarm);
  await page.locator('[data-asked=confirm]').waitFor();
  await gallery.take(page, 'chat-confirm');
  await page.locator('[data-action=none]').click();
  await page.locator('[data-author=citizen]', { hasText: '不是我要的' }).waitFor();
  await page.locator('[data-asked]').waitFor({ state: 'detached' });
  for (const text of nonsense) await say(page, text);
  await page.locator('[data-part=person]').waitFor();
  assert.ok(await page.locator('[data-action=person]').isEnabled());
  await page.locator('[data-action=elder]').click();
  await gallery.take(page, 'chat-elder');
  await page.context().close();
  nothingWrong();
});

test('files are taken in pieces and shown at the desk; what cannot be taken says exactly why', async () => {
  const [page, desk] = [await citizen(/422|413/), await pageOf('1001')];
  await takeChats(desk);
  await say(page, '我有照片要发');
  const id = await toAgent(page, desk);
  const files = page.locator('[data-action=file]');
  await files.setInputFiles([
    { name: '温度计.png', mimeType: 'image/png', buffer: png },
    { name: '长.txt', mimeType: 'text/plain', buffer: Buffer.from('暖气不热。\n'.repeat(80_000)) },
    { name: '程序.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    { name: '装成照片.png', mimeType: 'image/png', buffer: Buffer.from('MZ\0\0not a picture') },
    { name: '空.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: '太大.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(10 * 1024 * 1024 + 1, 1) },
  ]);
  await until('four are refused', async () => (await page.locator('[data-sending=failed]').count()) === 4);
  const why = (await page.locator('[data-sending=failed]').allInnerTexts()).join('\n');
  for (const words of [/程序\.exe 没有发出：只能发照片（JPG、PNG）、PDF 或文本/, /装成照片\.png 没有发出：只能发照片/, /空\.txt 没有发出：这个文件是空的/, /太大\.pdf 没有发出：文件有 10 MB，超过 10 MB/]) assert.match(why, words);
  await page.locator('[data-file]').nth(1).waitFor();
  await gallery.take(page, 'chat-files');
  await open(desk, id);
  await desk.locator('[data-file] img').waitFor();
  await desk.locator('[data-file]', { hasText: '长.txt' }).waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 温度计.png' }).click();
  assert.equal((await coming).suggestedFilename(), '温度计.png');
  await desk.locator('[data-action=chat-end]').click();
  await desk.locator('[data-action=chat-end-yes]').click();
  await desk.locator('[data-part=gone]').waitFor();
  for (const each of [page, desk]) await each.context().close();
  nothingWrong();
});

test('three citizens at one desk: who waits longest stands first, a case begins with their words, guarded words are spared', async () => {
  const [boss, desk] = [await pageOf('0101', '/chats/words'), await pageOf('1001')];
  await boss.locator('[data-field=words]').fill('笨蛋\n骗子');
  await boss.locator('[data-action=words-save]').click();
  await until('the list is kept', async () => (await boss.locator('[data-action=words-save]').isDisabled()) && (await boss.locator('[data-field=words]').inputValue()).includes('骗子'));
  await gallery.take(boss, 'chat-words');
  await takeChats(desk);
  const people = [];
  for (const words of ['我家阳台漏水', '楼道暖气管在响', '缴费查不到']) {
    const page = await citizen();
    await say(page, words);
    people.push({ page, words, id: await toAgent(page, desk) });
  }
  for (const { page, words } of [people[1], people[2], people[0]]) await say(page, `${words}，请快一点`);
  const ids = () => desk.locator('.mine [data-desk-chat]').evaluateAll((all) => all.map((e) => e.dataset.deskChat));
  assert.deepEqual(await ids(), people.map((p) => p.id), 'who was given first has waited for words longest');
  await open(desk, people[0].id);
  await agentSays(desk, '笨 蛋，马上就来');
  await desk.locator('[data-part=spared]').waitFor();
  await people[0].page.locator('[data-author=agent]').waitFor();
  assert.doesNotMatch(await people[0].page.locator('[data-author=agent]').innerText(), /笨/);
  await until('who was answered stands last', async () => (await ids()).at(-1) === people[0].id);
  await gallery.take(desk, 'chat-three');

  await desk.locator('[data-action=chat-case]').click();
  const detail = desk.locator('textarea[name=detail]');
  await until('the words are in the case', async () => (await detail.inputValue()).includes('我家阳台漏水，请快一点'));
  await desk.locator('input[name=contact_number]').fill('13800000000');
  await desk.locator('input[name=address]').fill('幸福小区 3 号楼 2 单元 501');
  await desk.locator('[data-field=kind]').click();
  await desk.getByRole('option', { name: '咨询' }).first().click();
  await desk.locator('[data-action=submit_case]').click();
  await until('the conversation is that case', async () => (await agent.get(`/chats/${people[0].id}`)).chat.case_id > 0);
  await desk.keyboard.press('Alt+KeyJ');
  await desk.keyboard.press('Alt+KeyU');

  await boss.goto(`${server.url}/chats`);
  await boss.locator(`[data-chat-row="${people[0].id}"]`).waitFor();
  await gallery.take(boss, 'chat-list');
  await boss.locator(`[data-chat-row="${people[0].id}"]`).click();
  await boss.locator('[data-part=story]').waitFor();
  await gallery.take(boss, 'chat-story');
  for (const { page } of people) {
    await page.locator('[data-action=end]').click();
    await page.locator('[data-action=yes]').click();
    await state(page, 'ended');
    await page.context().close();
  }
  for (const each of [boss, desk]) await each.context().close();
  nothingWrong();
});

test('a conversation is passed on with a note: the other desk reads it first, the citizen reads the queue only', async () => {
  const [page, desk, other] = [await citizen(), await pageOf('1001'), await pageOf('1005')];
  await takeChats(desk);
  await say(page, '退费的钱还没到');
  const id = await toAgent(page, desk);
  await takeChats(other);
  await open(desk, id);
  await desk.locator('[data-action=chat-pass]').click();
  const queue = desk.locator('[data-field=pass-queue]');
  await until('the other queue has somebody', async () => /缴费退费/.test(await queue.innerText()) && !/没有人/.test(await queue.locator('option', { hasText: '缴费退费' }).innerText()));
  await queue.selectOption({ label: await queue.locator('option', { hasText: '缴费退费' }).innerText() });
  await desk.locator('[data-field=pass-note]').fill('户号已核对，只差到账时间');
  await gallery.take(desk, 'chat-pass');
  await desk.locator('[data-action=pass-yes]').click();
  await desk.locator(`.mine [data-desk-chat="${id}"]`).waitFor({ state: 'detached' });
  await other.locator(`.mine [data-desk-chat="${id}"]`).click();
  await other.locator('[data-open-chat]').getByText('户号已核对，只差到账时间').waitFor();
  await gallery.take(other, 'chat-passed');
  await page.getByText('缴费退费').first().waitFor();
  assert.equal(await page.getByText('户号已核对').count(), 0, 'the note is for agents');
  await page.locator('[data-action=end]').click();
  await page.locator('[data-action=yes]').click();
  await state(page, 'ended');
  for (const each of [page, desk, other]) await each.context().close();
  nothingWrong();
});

test('beside a city\'s own page the widget opens the chat, is closed by Esc and leaves nothing in that page', async () => {
  const host = http.createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `script-src ${server.url}; frame-src ${server.url}; style-src 'none'` })
    .end(`<!doctype html><html lang="zh"><title>市政府</title><body><h1>市政府</h1><p>供暖公告</p><script src="${server.url}/widget.js" data-side="left" data-color="#8a1c1c"></script></body></html>`));
  await new Promise((done) => host.listen(0, '127.0.0.1', done));
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(30_000);
  gallery.watch(page, 'city', /favicon/);
  const names = () => page.evaluate(() => Object.keys(window).length);
  await page.goto(`http://127.0.0.1:${host.address().port}/a?secret=1`);
  const before = await names();
  const button = page.getByRole('button', { name: '在线咨询' });
  await button.focus();
  await page.keyboard.press('Enter');
  const frame = page.frameLocator('iframe');
  await frame.locator('[data-field=words]').waitFor();
  await until('one can write at once', () => frame.locator('[data-field=words]').evaluate((e) => e === document.activeElement));
  await page.keyboard.type(question);
  await page.keyboard.press('Enter');
  await frame.locator('[data-author=robot][data-article]').waitFor();
  assert.doesNotMatch(await page.locator('iframe').getAttribute('src'), /secret/);
  await page.screenshot({ path: path.join(gallery.folder, 'chat-widget.png') });
  await page.keyboard.press('Escape');
  await page.locator('iframe').waitFor({ state: 'hidden' });
  assert.ok(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName === 'button'), 'the focus is back on the button');
  await button.click();
  await page.reload();
  await page.frameLocator('iframe').locator('[data-author=robot][data-article]').waitFor();
  assert.equal(await names(), before);
  assert.deepEqual(await page.evaluate(() => [...document.body.children].map((e) => e.localName)), ['h1', 'p', 'script', 'div']);
  await page.context().close();
  const desk = await fetch(`${server.url}/`);
  assert.match(desk.headers.get('content-security-policy'), /frame-ancestors 'none'/);
  host.close();
  nothingWrong();
});

test('text and file names from outside are only ever text: 0 executions on the page of citizens, at the desk and at the supervisor\'s', async () => {
  const [page, desk] = [await citizen(/422/), await pageOf('1001')];
  await takeChats(desk);
  await say(page, attack);
  const id = await toAgent(page, desk);
  await page.locator('[data-action=file]').setInputFiles([{ name: `${attack.replace(/\//g, '∕')}.txt`, mimeType: 'text/plain', buffer: Buffer.from(attack) }]);
  await page.locator('[data-file]').waitFor();
  await open(desk, id);
  await desk.locator('[data-open-chat] [data-file]').waitFor();
  await agentSays(desk, attack);
  await page.locator('[data-author=agent]').waitFor();
  await desk.locator('[data-action=chat-case]').click();
  await desk.locator('[data-action=chat-earlier]').click();
  await page.locator('[data-action=end]').click();
  await page.locator('[data-action=yes]').click();
  await page.locator('[data-stars="1"]').check();
  await page.locator('[data-field=rate-words]').fill(attack);
  await page.locator('[data-action=rate]').click();
  await page.locator('[data-part=rated]').waitFor();
  await page.reload();
  await page.locator('[data-file]').waitFor();
  const boss = await pageOf('0101', `/chats/${id}`);
  await boss.locator('[data-part=rating]').waitFor();
  await boss.goto(`${server.url}/chats`);
  await boss.locator(`[data-chat-row="${id}"]`).waitFor();
  await boss.goto(`${server.url}/chats/words`);
  await boss.locator('[data-field=words]:enabled').fill('<img src=x onerror=window.__xss=1>');
  await boss.locator('[data-action=words-save]').click();
  await until('the word is kept', () => boss.locator('[data-action=words-save]').isDisabled());
  for (const each of [page, desk, boss]) {
    assert.equal(await each.evaluate(() => window.__xss), undefined);
    assert.equal(await each.locator('img[src=x]').count(), 0);
    await each.context().close();
  }
  nothingWrong();
});
