// SPDX-License-Identifier: Apache-2.0
// "Where is my application?" in a conversation: the robot asks for number and digits and says the sentence of page and desk; the
// digits are nowhere afterwards; wrong digits and a slow, wrong or broken system are said, and a person is offered; the page of
// questions offers the same at one tap.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { asking, inOneMinute, simulated } from './lib/business_system.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const cannot = '现在查不到，可以请人工帮您。';
const mine = { kind: 'Application', number: 'QT20260002', digits: '100002', route: '' };
const servers = [], systems = [];
let server, agent, admin, browser, gallery, question;

async function hotline(...faults) {
  const system = await simulated('quota', ...faults);
  systems.push(system);
  const started = await startServer({ scenario: 'car-quota', args: asking({ name: 'quota', url: system.url, kinds: ['Application'] }) });
  servers.push(started);
  const one = await signIn(started, '1001');
  await until('the robot has learnt', async () => (await one.get(`/answers?q=${encodeURIComponent('摇号')}`)).certainty !== 'learning', { seconds: 240, every: 500 });
  return { started, one };
}
/** How people ask for the result of their application, in words the robot is sure of. */
async function sureQuestion(api) {
  for (const { text } of (await api.get('/matters/review_result/askings')).items) {
    const heard = await api.get(`/answers?q=${encodeURIComponent(text)}`);
    if (heard.certainty === 'sure' && heard.choices[0].matter === 'review_result') return text;
  }
  throw new Error('the robot is sure of no asking of review_result');
}
before(async () => {
  ({ started: server, one: agent } = await hotline());
  question = await sureQuestion(agent);
  admin = await signIn(server, 'admin');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
});
after(async () => {
  await browser?.close();
  for (const each of [...servers, ...systems]) await each.stop();
});

async function openPage(where, at = server, size = { width: 390, height: 844 }) {
  const page = await (await browser.newContext({ viewport: size, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'citizen');
  await page.goto(`${at.url}${where}`);
  return page;
}
async function say(page, text) {
  await page.locator('[data-field=words]').fill(text);
  await page.locator('[data-action=send]').click();
}
/** Asks until the robot offers to look. */
async function offered(page) {
  await say(page, question);
  await page.locator('[data-offer=Application]').waitFor();
}
async function look(page, number, digits) {
  const heard = page.locator('[data-author=robot]');
  const before = await heard.count();
  await page.locator('[data-field=number]').fill(number);
  await page.locator('[data-field=digits]').fill(digits);
  await page.locator('[data-action=look]').click();
  await heard.nth(before).waitFor();
  return heard.nth(before).locator('[data-said]').innerText();
}

test('the robot says in the conversation what page and desk say, with the same time', async () => {
  const page = await openPage('/chat.html');
  const [chat, desk, live] = await inOneMinute(async () => {
    await offered(page);
    await gallery.take(page, 'chat-look');
    const said = await look(page, mine.number, mine.digits);
    const at = await openPage('/live.html?kind=Application');
    await at.locator('[data-field=number]').fill(mine.number);
    await at.locator('[data-field=digits]').fill(mine.digits);
    await at.locator('[data-action=look]').click();
    const shown = await at.locator('[data-sentence]').innerText();
    await at.context().close();
    return [said, (await agent.post('/live-answers', mine)).sentence, shown];
  });
  assert.equal(chat, desk);
  assert.equal(chat, live);
  assert.match(chat, /截至\d\d:\d\d/);
  assert.equal(await page.locator('[data-part=person]').count(), 0);
  await gallery.take(page, 'chat-looked');
  const id = await page.locator('[data-chat]').getAttribute('data-chat');
  const boss = await signIn(server, '0101');
  const story = JSON.stringify(await boss.get(`/chats/${id}`));
  assert.match(story, /编号尾号 0002/);
  assert.ok(!story.includes('100002') && !story.includes('QT20260002'), 'neither the digits nor the whole number are in the story');
  const facts = (await admin.get('/audit')).items.filter((each) => each.kind === 'LiveLookedUp').map((each) => each.body.channel);
  assert.ok(facts.includes('chat'));
  await page.reload();
  // Twice, where a minute turned meanwhile and it was asked again.
  await page.locator('[data-said]', { hasText: chat }).first().waitFor();
  await page.context().close();
});

test('wrong digits are said as on the page, a person is offered, and it can be tried again', async () => {
  const page = await openPage('/chat.html');
  await offered(page);
  assert.match(await look(page, 'QT20260003', '999999'), /对不上/);
  await page.locator('[data-part=person]').waitFor();
  await page.locator('[data-offer=Application]').waitFor();
  assert.equal(await page.locator('[data-field=digits]').inputValue(), '');
  await gallery.take(page, 'chat-look-wrong');
  assert.match(await look(page, 'QT20260003', '100003'), /公示/);
  await page.locator('[data-part=person]').waitFor({ state: 'detached' });
  await page.context().close();
});

test('the page of questions offers to look it up at one tap', async () => {
  const page = await openPage('/ask.html');
  await page.locator('[data-field=question]').fill(question);
  await page.locator('[data-action=send]').click();
  await page.locator('[data-live=Application]').waitFor();
  await gallery.take(page, 'ask-live');
  await page.locator('[data-live=Application]').click();
  await page.locator('[data-kind=Application]:checked').waitFor();
  await page.context().close();
});

for (const [fault, words] of [['slow', ['--slow']], ['wrong', ['--wrong']], ['down', ['--down-every', '1']]])
  test(`a ${fault} system: one sentence, and a person`, async () => {
    const { started } = await hotline(...words);
    const page = await openPage('/chat.html', started);
    await offered(page);
    assert.equal(await look(page, mine.number, mine.digits), cannot);
    await page.locator('[data-part=person]').waitFor();
    await gallery.take(page, `chat-look-system-${fault}`);
    await page.context().close();
  });

test('screens: nothing overflows, and axe finds nothing serious', () => {
  if (kept) gallery.shrink();
  assert.deepEqual(gallery.faults, []);
});
