// SPDX-License-Identifier: Apache-2.0
// 满意度 by link: a call ends, the SMS comes with a link that works once, the figures take it in, and who was not
// helped is gone back to; one survey to a person in a week; none without a gateway, and who runs the hotline is told.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { startBaresip } from './lib/baresip.mjs';
import { Gallery } from './lib/screen.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { startGateway } from './lib/sms_gateway.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const secret = 'made-up-for-this-test';
const citizen = '13800001001', other = '13800001009';

async function startHotline(gateway) {
  const folder = tempFolder('survey');
  fs.writeFileSync(path.join(folder, 'secret'), `${secret}\n`);
  const config = path.join(folder, 'ys.toml');
  fs.writeFileSync(config, [
    '[http]', 'public_url = "https://hotline.example"', '[outreach]', `sms_url = "${gateway.url}"`,
    `sms_secret_file = "${path.join(folder, 'secret')}"`, 'quiet = ""', 'survey_after_s = 0', '',
  ].join('\n'));
  return startServer({ args: ['--config', config] });
}
/** A call from `user` that `seat` takes and ends. @returns its number */
async function talks(server, seat, user) {
  const phone = await startBaresip({ server, user });
  try {
    await seat.fresh();
    phone.dial('6000');
    const { interaction } = await seat.desk.inCall('talking', 40);
    await until('they have talked a moment', () => phone.heard());
    await seat.say('hang_up');
    await seat.desk.inState('WrapUp');
    await factsWith(seat.desk.api, interaction, 'CallEnded');
    return interaction;
  } finally {
    await phone.stop();
  }
}
/** A page of who runs the hotline. */
async function openAdmin(browser, server, gallery) {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(30_000);
  // Names of units are not an administrator's to read; the page of figures shows numbers then.
  gallery.watch(page, 'admin', /401 .*\/session$|403 .*\/case-units$/);
  await page.goto(server.url);
  await page.getByLabel('登录名').fill('admin');
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  return page;
}
const chromiumAtWork = () => chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
const linkIn = (text) => text.match(/https:\/\/hotline\.example(\/survey\.html#[A-Za-z0-9_-]{22})/)?.[1];
const surveyTo = (gateway, number) => gateway.all().filter((s) => s.to === number && linkIn(s.text));
const hour = 3600e3;
const window = () => [new Date(Date.now() - hour).toISOString(), new Date(Date.now() + hour).toISOString()];
const rowOf = (kpi, about, channel) => kpi.surveys.centres.find((r) => r.about === about && r.channel === channel);

test('a call, an SMS, an answer by link once, and somebody who goes back to them', async (t) => {
  const gateway = await startGateway({ secret });
  const server = await startHotline(gateway);
  const admin = await signIn(server, 'admin');
  const supervisor = await signIn(server, '0102');
  const seat = await phoneSeat(server, '1001', '8001', 440, { ready: false });
  const browser = await chromiumAtWork();
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  const figures = () => server.run('kpi', '--from', window()[0], '--to', window()[1]);
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, 'citizen', /40[49] .*\/citizen\/survey$/);
    const call = await talks(server, seat, citizen);
    await until('the SMS with the link', () => surveyTo(gateway, citizen).length === 1, { seconds: 30 });
    const [sms] = surveyTo(gateway, citizen);
    assert.match(sms.text, new RegExp(`编号${call}.*热线6000.*退订回TD`));
    const asked = await factsWith(supervisor, call, 'SurveyAsked');
    assert.deepEqual(bodies(asked, 'SurveyAsked').map((b) => b.channel), ['sms']);
    assert.equal(rowOf(figures(), 'call', 'sms').asked, 1);
    assert.equal(rowOf(figures(), 'call', 'sms').answered, 0);

    await t.test('the page asks "solved?" first and says what is missing', async () => {
      await page.goto(`${server.url}${linkIn(sms.text)}`);
      await page.locator('[data-survey-step=ask]').waitFor();
      await gallery.take(page, 'survey-ask');
      await page.locator('[data-action=elder]').click();
      await page.setViewportSize({ width: 390, height: 844 });
      await page.locator('[data-action=send]').click();
      await page.getByRole('alert').getByText('请先选择问题是否解决').waitFor();
      await page.getByLabel('没有解决').check();
      await page.getByLabel('不满意（2 分）', { exact: true }).check();
      await page.locator('#survey-words').fill('师傅还没有来，家里还是冷。');
      await gallery.take(page, 'survey-ask-elder', { zoom: true });
    });

    await t.test('the answer is a figure and a case that somebody works at', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.locator('[data-action=send]').click();
      await page.locator('[data-survey-step=done]').waitFor();
      const told = await page.locator('[data-task]').innerText();
      await gallery.take(page, 'survey-done-elder', { zoom: true });
      const [task] = (await supervisor.get('/cases')).items;
      assert.ok(told.includes(task.number), told);
      assert.match(task.title, /评价回访：没有解决/);
      const { centres, agents } = figures().surveys;
      const mine = (row) => row.about === 'call' && row.channel === 'sms';
      for (const row of [centres.find(mine), agents.find(mine)])
        assert.deepEqual([row.asked, row.answered, row.response_rate, row.score_mean, row.solved_no], [1, 1, 1, 2, 1]);
      assert.equal(agents.find(mine).agent, seat.id);
      assert.equal(figures().centres[0].calls.score_mean, 2, 'joins the score of the calls');
      const live = await supervisor.get(`/kpi?from=${window()[0]}&to=${window()[1]}`);
      assert.deepEqual(live.surveys, figures().surveys);
      const listed = server.run('kpi', '--from', window()[0], '--to', window()[1], '--list', 'surveys');
      assert.deepEqual(listed.map((l) => [l.interaction, l.channel, l.solved, l.score]), [[call, 'sms', 'no', 2]]);
    });

    await t.test('opened again it shows what was said and takes no second answer', async () => {
      await page.reload();
      await page.locator('[data-survey-step=done]').waitFor();
      await page.getByText('师傅还没有来，家里还是冷。').waitFor();
      assert.equal(await page.locator('[data-action=send]').count(), 0);
      const again = await fetch(`${server.url}/api/v1/citizen/survey`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-survey-pass': linkIn(sms.text).split('#')[1] },
        body: JSON.stringify({ solved: true, score: 5 }),
      });
      assert.equal(again.status, 409);
      await page.goto(`${server.url}/survey.html#AAAAAAAAAAAAAAAAAAAAAA`);
      await page.reload();
      await page.getByText('评价链接不正确，请从短信里重新打开').waitFor();
      await gallery.take(page, 'survey-none');
    });

    await t.test('a second call within the week is not asked about, nor a landline', async () => {
      await talks(server, seat, citizen);
      await talks(server, seat, '09318765432');
      await talks(server, seat, other);
      await until('the third is asked', () => surveyTo(gateway, other).length === 1, { seconds: 30 });
      assert.equal(surveyTo(gateway, citizen).length, 1);
      const { off, items } = await admin.get('/surveys');
      assert.equal(off, '');
      const whys = items.filter((i) => i.state === 'dropped').map((i) => i.why).sort();
      assert.deepEqual(whys, ['cannot_be_written', 'too_soon']);
      const desk = await openAdmin(browser, server, gallery);
      await desk.goto(`${server.url}/surveys`);
      await desk.locator('[data-survey][data-state=answered]').waitFor();
      await gallery.take(desk, 'surveys');
      await desk.goto(`${server.url}/kpi`);
      await desk.locator('[data-way="call sms"] [data-figure=response_rate]', { hasText: '50.0%' }).first().waitFor();
      await desk.locator('[data-surveys]').scrollIntoViewIfNeeded();
      await gallery.take(desk, 'kpi-surveys');
    });
    assert.deepEqual(gallery.faults, []);
    assert.deepEqual(gateway.faults, []);
    if (kept) gallery.shrink();
  } finally {
    await browser.close();
    await seat.stop();
    await server.stop();
    await gateway.stop();
  }
});

test('without a gateway nobody is asked, and the page of who runs the hotline says so', async () => {
  const server = await startServer();
  const seat = await phoneSeat(server, '1001', '8001', 440, { ready: false });
  const browser = await chromiumAtWork();
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    await talks(server, seat, citizen);
    const desk = await openAdmin(browser, server, gallery);
    await desk.goto(`${server.url}/surveys`);
    await desk.locator('[data-survey-off=no_gateway]').getByText('没有配置短信网关').waitFor();
    await gallery.take(desk, 'surveys-off');
    assert.deepEqual((await (await signIn(server, 'admin')).get('/surveys')).items, []);
    assert.deepEqual(gallery.faults, []);
    if (kept) gallery.shrink();
  } finally {
    await browser.close();
    await seat.stop();
    await server.stop();
  }
});
