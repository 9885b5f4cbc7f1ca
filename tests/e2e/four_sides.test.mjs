// SPDX-License-Identifier: Apache-2.0
// One heating case through all four sides: the citizen rings, the agent files it at the desk, the repairer mends it with
// the network gone, the hotline looks at it and tells, and the citizen says themselves that it is solved.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { dayAndNight } from './lib/day_and_night.mjs';
import { photoLike } from './lib/png.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const home = '云汀市北桥区听松里 1 号楼 1 单元 101';
const phoneSize = { width: 390, height: 844 };
const answer = '维修人员已上门处理。处理前：客厅 14.5℃。处理后：客厅 20℃。更换了阀门。';

test('from the call to the citizen\'s own "it is solved", through agent, repairer and unit', async () => {
  const scenario = dayAndNight();
  const server = await startServer({ scenario });
  const api = await signIn(server, '1001');
  const desk = await openDesk(server, '1001', { toneHz: 1330 });
  const citizensPhone = await startBaresip({ server, toneHz: 700, user: '13800001001' });
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  const phonePage = async (who, expected, more = {}) => {
    const context = await desk.browser.newContext({ viewport: phoneSize, locale: 'zh-CN', hasTouch: true, isMobile: true, ...more });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    gallery.watch(page, who, expected);
    return { context, page };
  };
  const shoot = async (page, name, how) => {
    await gallery.take(page, `four-sides-${name}`, how);
    await page.setViewportSize(phoneSize);
  };
  /** Each stands on the one before: the first that fails ends it, and shows the desk as it was. */
  const step = (name, work) => work().catch(async (error) => {
    await desk.page.screenshot({ path: path.join(gallery.folder, 'failed.png') });
    throw new Error(`${name}: ${error.message}`, { cause: error });
  });
  let made, code;
  const progress = () => api.get(`/cases/${made.id}/progress`);
  try {
    await step('the citizen rings and the agent files it at the desk', async () => {
      await desk.ready();
      citizensPhone.dial('6000');
      await citizensPhone.until('CALL_ESTABLISHED');
      await desk.inState('Alerted', 60);
      await desk.press('answer');
      await desk.inState('Busy');
      await desk.hears(700);
      await desk.page.locator('[data-field=kind]').first().click();
      await desk.page.locator('.el-select-dropdown__item:visible').getByText('不热', { exact: true }).click();
      await desk.page.getByPlaceholder('小区、楼号、单元、房号').fill(home);
      await desk.page.getByPlaceholder('市民说的情况：哪里、多久、要什么').fill('客厅和两间卧室都不热，阀门全开。');
      await desk.press('submit_case');
      await desk.page.locator('[data-case=saved]').waitFor();
      [made] = (await api.get('/cases')).items;
      await desk.press('case_code');
      code = (await desk.page.locator('[data-case-code] b').innerText()).replace(/\D/g, '');
      assert.match(code, /^\d{6}$/);
      await desk.press('hang_up');
      await desk.inState('WrapUp');
      await citizensPhone.until('CALL_CLOSED');
      assert.equal((await progress()).handler.name, '北桥供热站', 'nobody had to dispatch it');
    });

    await step('the repairer takes it, mends it without a network, and it is sent when there is one', async () => {
      const { context, page } = await phonePage('repairer', /401 .*\/api\/v1\/session$|ERR_INTERNET_DISCONNECTED/,
        { permissions: ['geolocation'], geolocation: { latitude: 36.1, longitude: 103.8, accuracy: 12 } });
      await page.goto(`${server.url}/field.html`);
      await page.getByLabel('工号').fill('2001');
      await page.getByLabel('密码').fill(server.demo_password);
      await page.getByRole('button', { name: '登录' }).click();
      const card = page.locator(`[data-job="${made.number}"]`);
      await card.locator('[data-action=open]').click();
      await page.locator('[data-action=take]').click();
      await page.locator('[data-open][data-state=taken]').waitFor();
      await page.locator('[data-waiting]').waitFor({ state: 'detached' });
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

      await context.setOffline(true);
      await page.locator('[data-action=arrive]').click();
      await page.locator('[data-open][data-state=arrived]').waitFor();
      for (const [phase, celsius, colour] of [['before', '14.5', [150, 110, 90]], ['after', '20', [90, 140, 110]]]) {
        await page.locator(`[data-phase=${phase}] [data-field=living_room_c]`).fill(celsius);
        await page.locator(`[data-phase=${phase}] [data-action=measure]`).click();
        await page.locator(`[data-shoot=${phase}]`).setInputFiles({ name: `${phase}.png`, mimeType: 'image/png', buffer: photoLike(320, 240, colour) });
        await page.locator(`[data-pictures=${phase}] [data-picture=waiting]`).waitFor();
      }
      await page.getByLabel('处理情况').fill('更换了阀门。');
      await page.getByLabel('完工码（6 位）').fill(code);
      await page.locator('[data-part=pictures]').scrollIntoViewIfNeeded();
      await shoot(page, 'field-offline');
      await page.locator('[data-action=finish]').click();
      await page.locator('[data-open][data-state=done]').waitFor();
      assert.equal((await progress()).state, 'working', 'nothing has been sent yet');

      await context.setOffline(false);
      await page.locator('[data-waiting]').waitFor({ state: 'detached' });
      await page.locator('[data-picture=sent]').nth(1).waitFor();
      await shoot(page, 'field-done');
      assert.equal(await page.locator('[data-refused], [data-picture-refused]').count(), 0);
      await until('the unit has replied', async () => (await progress()).state === 'reviewed');
      await context.close();
    });

    await step('the hotline sees before and after beside each other, and tells the citizen', async () => {
      const { page } = desk;
      await page.goto(`${server.url}/cases/${made.id}`);
      await page.getByText(answer).first().waitFor();
      for (const each of ['before', 'after']) await page.locator(`[data-pair=${each}] img`).waitFor();
      await page.locator('[data-part=pair]').scrollIntoViewIfNeeded();
      await gallery.take(page, 'four-sides-case');
      await page.locator('[data-verb=tell_citizen]').click();
      const dialog = page.locator('[role=dialog]:visible');
      await dialog.locator('[data-action=act]').waitFor();
      await dialog.locator('[data-field=channel]').click();
      await page.locator('.el-select-dropdown__item:visible').first().click();
      await page.keyboard.press('Tab');  // On to the next field: a list that stayed open would lie over the button.
      await dialog.locator('[data-action=act]').click();
      await dialog.waitFor({ state: 'detached' });
    });

    await step('the citizen reads how it went in large type and says that it is solved', async () => {
      const { page } = await phonePage('citizen', /^$/);
      await page.goto(`${server.url}/case.html`);
      await page.getByLabel('工单号').fill(made.number);
      await page.getByLabel('查询码').fill(code);
      await page.locator('[data-action=enter]').click();
      await page.locator('[data-now=asks_you]').waitFor();
      await page.locator('[data-action=elder]').click();
      await page.getByText(answer).first().waitFor();
      const story = await page.locator('.story li').evaluateAll((all) => all.map((each) => `${each.dataset.event} ${each.innerText.split('\n')[0]}`));
      assert.ok(story.length >= 3, story.join('；'));
      console.log(`the citizen reads: ${story.join('；')}`);
      await shoot(page, 'citizen-elder', { zoom: true });
      await page.locator('[data-action=confirm]').click();
      await page.getByLabel('解决了', { exact: true }).check();
      await page.getByLabel('满意', { exact: true }).check();
      await shoot(page, 'citizen-elder-confirm', { zoom: true });
      await page.locator('[data-action=send]').click();
      await page.locator('[data-now=closed]').waitFor();
      await shoot(page, 'citizen-elder-closed', { zoom: true });
    });

    const closed = await progress();
    assert.equal(closed.state, 'closed');
    assert.equal((await api.get(`/cases/${made.id}`)).status, 'closed');
    assert.deepEqual(closed.history.map((e) => e.verb), ['file', 'dispatch', 'accept', 'begin', 'reply', 'tell_citizen', 'confirm']);
    const { items } = await api.get(`/cases/${made.id}/evidence`);
    assert.deepEqual(items.map((e) => [e.purpose, e.place]), [['before', '36.10000, 103.80000 ±12 m'], ['after', '36.10000, 103.80000 ±12 m']]);
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    assert.deepEqual(desk.faults, []);
    if (kept) gallery.shrink();
  } finally {
    await citizensPhone.stop();
    await desk.close();
    await server.stop();
    fs.rmSync(path.dirname(scenario), { recursive: true, force: true });
  }
});
