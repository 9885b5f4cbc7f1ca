// SPDX-License-Identifier: Apache-2.0
// 子女代办: the child files for the mother and says so on the citizen's page; the mother who rings finds it, by the
// robot and at the desk, until the consent is taken back.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { Gallery } from './lib/screen.mjs';
import { factsWith, phoneSeat } from './lib/seat.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const child = '13800001077', mother = '13800001078';

/** The mother rings and presses `keys`; the way she went until a person had her, and what their desk then shows. */
async function motherRings(server, seat, keys, look) {
  const phone = await startBaresip({ server, user: mother });
  try {
    phone.dial('6000');
    await phone.until('CALL_ESTABLISHED');
    for (const key of keys) phone.key(key);
    const view = await seat.desk.inCall('talking', 90);
    const shown = await look();
    phone.hangUp();
    await factsWith(seat.desk.api, view.interaction, 'CallEnded');
    await seat.desk.inState('WrapUp');
    return { path: view.path, shown };
  } finally {
    await phone.stop();
  }
}

test('the mother who agreed hears by number alone what the child filed; who took it back does not', async () => {
  const server = await startServer();
  const clerk = await signIn(server, '1002');
  const made = await clerk.post('/cases', {
    kind: 'no_heat', title: '母亲家里不热', contact_name: '李梅', contact_number: child,
    address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好'],
  });
  const { code } = await clerk.post(`/cases/${made.id}/code`, {});
  const seat = await phoneSeat(server, '1001', '8001', 440);
  const desk = await openDesk(server, '0101');
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const context = await desk.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, 'citizen');
    const found = async () => (await seat.desk.api.get(`/cases?number=${mother}&status=open`)).items.map((c) => [c.number, c.found_as, c.found_consent]);

    // Nobody named: the mother's number is nobody's.
    assert.deepEqual(await found(), []);

    await page.goto(`${server.url}/case.html`);
    await page.getByLabel('工单号').fill(made.number);
    await page.getByLabel('查询码').fill(code);
    await page.locator('[data-action=enter]').click();
    await page.locator('[data-action=for-begin]').click();
    await page.locator('#for-name').fill('李奶奶');
    await page.locator('#for-phone').fill('1380000107');
    await page.locator('[data-action=for-save]').click();
    await page.getByText('手机号应为 11 位，请再数一数').waitFor();
    await page.getByText('要先征得家人同意，再打勾').waitFor();
    await page.locator('[data-part=people]').scrollIntoViewIfNeeded();
    await gallery.take(page, 'citizen-acting', { zoom: true });
    await page.locator('#for-phone').fill('138 0000 1078');
    await page.locator('input[name=for-agrees]').check();
    await page.locator('[data-action=for-save]').click();
    await page.getByText('为 李** 138****1078 办理。').waitFor();
    await page.locator('[data-part=people]').scrollIntoViewIfNeeded();
    await gallery.take(page, 'citizen-for-mother', { zoom: true });
    assert.deepEqual(await found(), [[made.number, 'subject', 'page']]);

    const told = await motherRings(server, seat, '3', found);
    assert.deepEqual(told.path.slice(0, 6), ['greeting', 'known', 'menu', 'menu=3', 'status', 'status-after']);
    assert.deepEqual(told.shown, [[made.number, 'subject', 'page']]);

    // The case's own page: who they are, and a contact whom messages go to.
    const clerkPage = desk.page;
    gallery.watch(clerkPage, 'clerk', /./);
    await clerkPage.goto(`${server.url}/cases/${made.id}`);
    const panel = clerkPage.locator('[data-part=people]');
    await panel.locator('[data-person=subject] [data-consent=page]').waitFor();
    await panel.scrollIntoViewIfNeeded();
    await gallery.take(clerkPage, 'case-people');

    await page.locator('[data-action=for-withdraw]').click();
    await page.getByText('已撤回同意：打热线听不到这件事').waitFor();
    assert.deepEqual(await found(), [], 'who took it back finds nothing');
    await seat.fresh();
    // She is asked for number and code, and asks for a person instead.
    const silent = await motherRings(server, seat, '30#', found);
    assert.ok(!silent.path.includes('status-after'), `she was told: ${silent.path}`);
    assert.deepEqual(silent.shown, []);
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await desk.close();
    await seat.stop();
    await server.stop();
  }
});

test('the desk opens the fields by one tick, and sees that nobody has asked the mother', async () => {
  const server = await startServer();
  const desk = await openDesk(server, '1001');
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const { page } = desk;
    gallery.watch(page, 'desk', /./);
    await page.goto(`${server.url}/`);
    const form = page.locator('section.case');
    await form.locator('input[name=contact_number]').fill(child);
    await form.locator('input[name=contact_name]').fill('李梅');
    assert.equal(await form.locator('[data-part=acting]').count(), 0, 'nothing more is asked of the ordinary case');
    await form.getByText('替别人办理（代办）').click();
    await form.locator('input[name=subject_phone]').fill('139');
    await form.locator('input[name=address]').fill('云汀市北桥区听松里 1 号楼 1 单元 101');
    await form.locator('textarea[name=detail]').fill('老人家里只有十四度');
    await form.locator('[data-field=kind]').click();
    await page.locator('.el-select-dropdown__item:visible').getByText('不热', { exact: true }).click();
    await form.locator('[data-action=submit_case]').click();
    await form.getByText('请填姓名').waitFor();
    await gallery.take(page, 'desk-acting');
    await form.locator('input[name=subject_name]').fill('李奶奶');
    await form.locator('input[name=subject_phone]').fill(mother);
    await form.locator('[data-action=submit_case]').click();
    await page.locator('[data-case=saved]').waitFor();
    const agent = await signIn(server, '1001');
    const [made] = (await agent.get(`/cases?number=${mother}`)).items;
    assert.deepEqual([made.found_as, made.found_consent], ['subject', 'none']);
    await until('the case page names her', async () => (await agent.get(`/cases/${made.id}/people`)).people.length === 1);
    await page.goto(`${server.url}/cases/${made.id}`);
    const panel = page.locator('[data-part=people]');
    await panel.getByText('未取得同意').waitFor();
    await panel.locator('[data-action=edit_people]').click();
    await panel.locator('input[name=contact_name]').fill('王大爷');
    await panel.locator('[data-action=save_people]').click();
    await panel.getByText('请填回电号码').waitFor();
    await panel.scrollIntoViewIfNeeded();
    await gallery.take(page, 'case-people-form');
    await panel.locator('input[name=contact_phone]').fill('13800001079');
    await panel.getByText('已征得同意').first().click();
    await panel.locator('[data-action=save_people]').click();
    await panel.locator('[data-person=contact]').getByText('13800001079').waitFor();
    await panel.locator('[data-person=subject] [data-consent=spoken]').waitFor();
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await desk.close();
    await server.stop();
  }
});
