// SPDX-License-Identifier: Apache-2.0
// What business systems know right now, at the citizen's page and the desk: one sentence with one time; nothing personal before
// the digits; unknown numbers and wrong digits told alike; a slow, wrong or broken system is one sentence and a person; every
// look is a fact; a hotline without a system says so.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { asking, gtfs, inOneMinute, simulated } from './lib/business_system.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const cannot = '现在查不到，可以请人工帮您。';
const mine = { kind: 'Application', number: 'QT20260002', digits: '100002', route: '' };
let systems, server, agent, admin, browser, gallery;

before(async () => {
  const [quota, bus, hall] = systems = await Promise.all([simulated('quota'), simulated('bus', '--gtfs', gtfs), simulated('appointments')]);
  server = await startServer({
    scenario: 'car-quota',
    args: asking({ name: 'quota', url: quota.url, kinds: ['Application'] }, { name: 'bus', url: bus.url, kinds: ['Stop'] },
      { name: 'hall', url: hall.url, kinds: ['Hall', 'Appointment', 'Document'] }),
  });
  [agent, admin] = await Promise.all(['1001', 'admin'].map((login) => signIn(server, login)));
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  for (const each of systems ?? []) await each.stop();
});

async function asCitizen(body, at = server) {
  const answer = await fetch(`${at.url}/api/v1/citizen/live-answers`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: answer.status, ...(await answer.json()) };
}
const looks = async () => (await admin.get('/audit')).items.filter((each) => each.kind === 'LiveLookedUp').map((each) => each.body);

async function openPage(where = '/live.html', at = server) {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'citizen');
  await page.goto(`${at.url}${where}`);
  return page;
}
async function lookOn(page, kind, number, digits) {
  await page.locator(`[data-kind=${kind}]`).check();
  await page.locator('[data-field=number]').fill(number);
  if (digits) await page.locator('[data-field=digits]').fill(digits);
  await page.locator('[data-action=look]').click();
  return page.locator('[data-sentence]').innerText();
}
async function openDesk() {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'desk', /401 .*\/session$/);
  await page.goto(server.url);
  await page.getByLabel('登录名').fill('1001');
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('[data-tab=live]').click();
  return page;
}

test('the citizen\'s page and the desk say the same sentence with the same time', async () => {
  const [citizen, desk] = [await openPage(), await openDesk()];
  for (const [kind, number, digits] of [['Application', 'QT20260002', '100002'], ['Application', 'QT20260006', '100006'], ['Stop', '文化路口'], ['Hall', '云汀市政务服务大厅'], ['Document', 'ZJ20260001', '300001']]) {
    const [page, panel, said] = await inOneMinute(async () => {
      const api = await agent.post('/live-answers', { kind, number, digits: digits ?? '', route: '' });
      await citizen.reload();
      return [await lookOn(citizen, kind, number, digits), await lookOn(desk, kind, number, digits), api.sentence];
    });
    assert.equal(page, said, number);
    assert.equal(panel, said, number);
    assert.match(said, kind === 'Stop' ? /时刻表/ : /截至\d\d:\d\d/);
    if (number === 'QT20260002') {
      assert.deepEqual(await citizen.locator('[data-stage]').evaluateAll((all) => all.map((e) => e.dataset.stage)), ['done', 'here', 'later']);
      await gallery.take(citizen, 'live-application');
      await gallery.take(desk, 'desk-live');
    }
    if (kind === 'Stop') await gallery.take(citizen, 'live-stop');
    if (kind === 'Hall') await gallery.take(citizen, 'live-hall');
  }
});

test('nothing is told before the digits, and nobody learns which numbers exist', async () => {
  const wrong = await asCitizen({ ...mine, number: 'QT20260003', digits: '999999' });
  const unknown = await asCitizen({ ...mine, number: 'QT20269999', digits: '999999' });
  assert.deepEqual(wrong, unknown);
  assert.equal(wrong.answer, null);
  assert.match(wrong.sentence, /对不上/);
  assert.deepEqual(await agent.post('/live-answers', { ...mine, number: 'QT20260003', digits: '' }).then(({ answer, is_person_offered }) => ({ answer, is_person_offered })), { answer: null, is_person_offered: true }, 'the desk neither');
  for (let i = 0; i < 3; ++i) await asCitizen({ ...mine, number: 'QT20260008', digits: '999999' });
  assert.match((await asCitizen({ ...mine, number: 'QT20260008', digits: '100008' })).sentence, /多次对不上/, 'not even by the right digits');
  assert.equal((await asCitizen({ ...mine, number: '<b>' })).status, 422);
  assert.equal((await asCitizen({ kind: 'Weather', number: 'a', digits: '', route: '' })).status, 422);
});

test('every look is a fact, the digits are none, and of a number its end is told back', async () => {
  const before = await looks();
  const answer = await asCitizen(mine);
  assert.equal(answer.answer.subject.number, '0002');
  await agent.post('/live-answers', mine);
  const [desk, page] = (await looks()).slice(0, (await looks()).length - before.length);
  assert.deepEqual([page.channel, page.outcome, page.kind, page.user], ['page', 'known', 'Application', 0]);
  assert.deepEqual([desk.channel, desk.outcome], ['desk', 'known']);
  assert.ok(desk.user > 0);
  assert.ok(!JSON.stringify(await looks()).includes('100002'));
});

test('the robot says of a question that it can be looked up', async () => {
  const { live } = await (await fetch(`${server.url}/api/v1/citizen/questions`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: '', matter: 'review_result' }),
  })).json();
  assert.equal(live, 'Application');
});

for (const [fault, words] of [['slow', ['--slow']], ['wrong', ['--wrong']], ['down', ['--down-every', '1']]])
  test(`a ${fault} system is one sentence, in time, and a person`, async () => {
    const broken = await simulated('quota', ...words);
    const other = await startServer({ scenario: 'car-quota', args: asking({ name: 'quota', url: broken.url, kinds: ['Application'] }) });
    try {
      const desk = await signIn(other, '1001');
      const began = performance.now();
      assert.equal((await asCitizen(mine, other)).sentence, cannot);
      assert.ok(performance.now() - began < 4_000, 'nobody waits for it');
      const told = await desk.post('/live-answers', mine);
      assert.deepEqual([told.sentence, told.is_person_offered, told.answer], [cannot, true, null]);
      const page = await openPage('/live.html?kind=Application', other);
      assert.equal(await lookOn(page, 'Application', 'QT20260002', '100002'), cannot);
      assert.match(await page.locator('[data-action=call-here]').getAttribute('href'), /call\.html\?number=6200/);
      await gallery.take(page, `live-${fault}`);
    } finally {
      await other.stop();
      await broken.stop();
    }
  });

test('a hotline without a system says so, and one whose settings are wrong does not start', async () => {
  const bare = await startServer({ scenario: 'car-quota' });
  try {
    assert.match(bare.log(), /no_business_system.*Application/);
    assert.equal((await asCitizen(mine, bare)).status, 409);
    const page = await openPage('/live.html', bare);
    assert.match(await page.locator('[data-part=none]').innerText(), /没有接业务系统/);
    await gallery.take(page, 'live-none');
  } finally {
    await bare.stop();
  }
  for (const kinds of [[], ['Weather']])
    await assert.rejects(startServer({ scenario: 'car-quota', args: asking({ name: 'x', url: 'http://127.0.0.1:1', kinds }) }), /business_system/);
});

test('screens: nothing overflows, and axe finds nothing serious', () => {
  if (kept) gallery.shrink();
  assert.deepEqual(gallery.faults, []);
});
