// SPDX-License-Identifier: Apache-2.0
// 办成一件事: the same event and answers by the citizen's page, the agent's guide and the text message agree in article,
// version, amounts, periods and places; the link opens the same list, a photo sent by it is seen at the desk, and the
// next call of the number starts there; a link that is over or none of ours is refused in words.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { photoLike } from './lib/png.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { startGateway } from './lib/sms_gateway.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const secret = 'made-up-for-this-test';
const citizen = '13800003003';
const answers = { born_at: 'hospital', married: 'yes', mother_insured: 'no' };
let gateway, server, browser, gallery, agent;

before(async () => {
  gateway = await startGateway({ secret });
  const folder = tempFolder('life');
  fs.writeFileSync(path.join(folder, 'secret'), `${secret}\n`);
  const config = path.join(folder, 'ys.toml');
  fs.writeFileSync(config, [
    '[http]', 'public_url = "https://hotline.example"', '[outreach]', `sms_url = "${gateway.url}"`,
    `sms_secret_file = "${path.join(folder, 'secret')}"`, 'quiet = ""', '',
  ].join('\n'));
  server = await startServer({ scenario: 'certificates', args: ['--config', config] });
  agent = await signIn(server, '1001');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
  await until('the articles have been read', async () => {
    try {
      return await agent.post('/life-events/newborn/guide', {});
    } catch (error) {
      if (!/still_learning/.test(String(error))) throw error;
      return null;
    }
  }, { seconds: 240, every: 500 });
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await gateway?.stop();
});

async function listPage(at = '/list.html', expected = /^$/) {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'citizen', expected);
  await page.goto(`${server.url}${at}`);
  return page;
}
/** What the page shows: of each service article, version and sentence; of each place its words. */
const shown = (page) => page.evaluate(() => ({
  services: [...document.querySelectorAll('[data-service]')].map((one) => ({
    code: one.dataset.service, pin: `${one.dataset.article}-${one.dataset.version}`, title: one.querySelector('h3').innerText,
    facts: [...one.querySelectorAll('dd')].map((dd) => dd.innerText),
  })),
  materials: [...document.querySelectorAll('[data-material]')].map((one) => one.querySelector('b').innerText),
  places: [...document.querySelectorAll('[data-place]')].map((one) => one.innerText),
  total: document.querySelector('[data-total] b').innerText,
}));
const linkIn = (text) => text.match(/https:\/\/hotline\.example(\/list\.html#[A-Za-z0-9_-]{22})/)?.[1];
const textsTo = (number) => gateway.all().filter((one) => one.to === number);

test('the page asks, the list is the same as the agent is told and as the text message says', async (t) => {
  const page = await listPage();
  await page.locator('[data-list-step=events]').waitFor();
  await gallery.take(page, 'list-events');
  await page.locator('[data-event=newborn]').click();
  for (const [question, choice] of Object.entries(answers)) {
    await page.locator('[data-list-step=question]').waitFor();
    if (question === 'born_at') await gallery.take(page, 'list-question', { zoom: true });
    await page.locator(`[data-choice=${choice}]`).click();
    await page.locator(`[data-list-step=list], [data-list-step=question]`).first().waitFor();
    await until(`after ${question}`, async () => !(await page.locator('main[aria-busy=true]').count()));
  }
  await page.locator('[data-list-step=list]').waitFor();
  await page.locator('[data-material=household_book] input').check();
  await gallery.take(page, 'list-whole');
  const seen = await shown(page);
  assert.deepEqual(seen.services.map((s) => s.code), ['birth_certificate', 'newborn_hukou', 'newborn_insurance', 'newborn_social_card', 'childcare_subsidy']);
  assert.equal(seen.total, '400元');
  assert.ok(seen.services.every((s) => /^[1-9]\d*-\d+$/.test(s.pin)), JSON.stringify(seen.services));

  await t.test('the guide at the desk says the same, with the same articles', async () => {
    const guide = await agent.post('/life-events/newborn/guide', { answers });
    assert.deepEqual(guide.sources.map((s) => `${s.article_id}-${s.version}`), seen.services.map((s) => s.pin));
    const said = guide.say.join('\n');
    for (const service of seen.services)
      for (const fact of [service.title, ...service.facts]) assert.ok(said.includes(fact), `${service.code}: ${fact} in ${said}`);
    for (const place of guide.turn.places) {
      assert.ok(said.includes(place.address) && said.includes(place.hours), place.title);
      assert.ok(seen.places.some((one) => one.includes(place.address) && one.includes(place.hours)), place.title);
    }
    assert.ok(said.includes(`费用合计${seen.total}`));
    const named = (await agent.get(`/articles/${guide.sources[0].article_id}`)).line;
    assert.equal(named.version, guide.sources[0].version, 'the version that is said now');
  });

  await t.test('the text message says the same, and its link opens the same list', async () => {
    const list = await agent.post('/checklists', { event: 'newborn', answers, ready: ['household_book'], number: citizen });
    assert.equal(list.number, '138****3003');
    await agent.post(`/checklists/${list.id}/send`, {});
    // They may overtake each other; each says of how many it is.
    await until('all parts', () => {
      const parts = textsTo(citizen);
      return parts.length && parts.length === Number(parts[0].text.match(/^\(\d+\/(\d+)\)/)?.[1] ?? 1);
    }, { seconds: 30 });
    const texts = textsTo(citizen).sort((a, b) => (a.text < b.text ? -1 : 1));
    const whole = texts.map((one) => one.text).join('\n');
    const flat = whole.replace(/\(\d+\/\d+\)/g, '').replace(/\n/g, '');
    for (const service of seen.services) {
      assert.ok(flat.includes(`依据${service.pin}`), `${service.pin} in ${whole}`);
      for (const fact of service.facts.slice(0, 3)) assert.ok(flat.includes(fact), `${service.code}: ${fact} in ${whole}`);
    }
    assert.ok(whole.includes('☑居民户口簿') && whole.includes(`费用合计${seen.total}`), whole);
    const linked = await listPage(linkIn(whole));
    await linked.locator('[data-list-step=list]').waitFor();
    const again = await shown(linked);
    assert.deepEqual(again.services, seen.services);
    assert.deepEqual(again.places, seen.places);
    assert.equal(await linked.locator('[data-material=household_book] input').isChecked(), true);
    await linked.context().close();
    const [item] = (await agent.get(`/checklists?number=${citizen}`)).items;
    assert.ok(item.opened_at && item.messages.every((m) => m.state === 'sent'), JSON.stringify(item.messages));
    assert.ok(item.messages.every((m) => !linkIn(m.text)), 'what opens the list is not shown');
  });
  await page.context().close();
});

test('a list kept on the page takes a photo, the desk sees it, and the next call starts there', async (t) => {
  const page = await listPage('/list.html?event=travel', /404 .*\/citizen\/checklist$/);
  for (const choice of ['abroad', 'adult', 'renew']) {
    await page.locator(`[data-choice=${choice}]`).click();
    await page.locator(`[data-choice=${choice}]`).waitFor({ state: 'detached' });
  }
  await page.locator('[data-list-step=list]').waitFor();
  await page.locator('[data-field=number]').fill('13800001001');
  await page.locator('[data-action=keep]').click();
  await page.locator('[data-kept]').waitFor();
  const link = await page.evaluate(() => location.pathname + location.hash);
  assert.match(link, /^\/list\.html#[\w-]{22}$/);
  await page.locator('[data-material=id_card] input').check();
  await page.locator('[data-missing="2"]').waitFor();
  await gallery.take(page, 'list-kept');

  const desk = await openDesk(server, '1001');
  const phone = await startBaresip({ server, user: '13800001001' });
  try {
    await t.test('the call of this number shows the list at the desk', async () => {
      await desk.ready();
      phone.dial('6300');
      await desk.press('answer');
      await desk.inState('Busy');
      await desk.page.locator('[data-checklist]').waitFor();
      assert.equal(await desk.page.locator('[data-checklist] [data-material=id_card]').isChecked(), true);
    });
    await t.test('a photo that comes by the link is seen there', async () => {
      await page.setInputFiles('[data-field=photo]', { name: '旧护照.png', mimeType: 'image/png', buffer: photoLike(320, 240, [200, 120, 40]) });
      await page.locator('[data-file]').waitFor();
      await desk.page.locator('[data-checklist] [data-file] img').waitFor();
      await until('the small picture', () => desk.page.evaluate(() => document.querySelector('[data-checklist] [data-file] img').naturalWidth > 0));
      gallery.watch(desk.page, 'desk');
      await gallery.take(desk.page, 'desk-list');
    });
    await t.test('the guide asks and one key sends', async () => {
      const before = gateway.all().length;
      await desk.page.locator('#side-life [data-event=travel]').click();
      for (const choice of ['taiwan', 'adult', 'first'])
        await desk.page.locator(`[data-guide] .ask:not(.done) [data-choice=${choice}]`).click();
      await desk.page.locator('[data-say]').waitFor();
      await gallery.take(desk.page, 'desk-guide');
      await desk.page.keyboard.press('Alt+Enter');
      await until('the text message', () => gateway.all().length > before && linkIn(textsTo('13800001001').map((one) => one.text).join('\n')), { seconds: 30 });
      await until('two lists', async () => (await desk.page.locator('[data-checklist]').count()) === 2);
    });
    await t.test('who put it away finds it closed, and the desk has it no longer', async () => {
      await page.locator('[data-action=put-away]').click();
      await page.locator('[data-action=yes-put-away]').click();
      await page.locator('[data-list-step=gone]').waitFor();
      await until('one list', async () => (await desk.page.locator('[data-checklist]').count()) === 1);
      await page.goto(`${server.url}/ask.html`);
      await page.goto(`${server.url}${link}`);
      await page.locator('[data-list-step=over]').waitFor();
      assert.match(await page.locator('[data-list-step=over]').innerText(), /链接已失效/);
      await gallery.take(page, 'list-over');
    });
    assert.deepEqual(desk.faults, []);
  } finally {
    await phone.stop();
    await desk.close();
    await page.context().close();
  }
});

test('a link that is none of ours is refused in words, and who tries many waits', async () => {
  const page = await listPage(`/list.html#${'x'.repeat(22)}`, /404 .*\/citizen\/checklist$/);
  await page.locator('[data-list-step=over]').waitFor();
  await page.locator('[data-action=restart]').click();
  await page.locator('[data-list-step=events]').waitFor();
  await page.context().close();
  const strangers = await signIn(server, '1005');
  assert.deepEqual((await strangers.get('/checklists?number=13900009999')).items, []);
});

test('nothing was wrong with any picture', () => assert.deepEqual(gallery.faults, []));
