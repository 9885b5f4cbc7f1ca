// SPDX-License-Identifier: Apache-2.0
// The page of call flows: what the outline, the drawing and the text change is one flow; what has a fault is not published
// and says why; a version comes into force, callers hear it, one key brings the old one back; a call is tried before anybody
// calls; nothing typed is lost; where callers went stands on both views.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { startBaresip } from './lib/baresip.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
let server, browser, gallery, admin;

before(async () => {
  server = await startServer();
  admin = await signIn(server, 'admin');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
});
after(async () => {
  if (kept) gallery?.shrink();
  await browser?.close();
  await server?.stop();
});

async function pageOf(login, where, expected = /^$/) {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, login, new RegExp(`401 .*/session$|${expected.source}`));
  await page.goto(server.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  await page.goto(server.url + where);
  return page;
}
/** The centre's day, where the callers of the heating demo are. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const line = async () => (await admin.get('/flows/main')).line;
const textOf = async (number) => (await admin.get(`/flows/main/versions/${number}`)).checked.text;
const editor = (page) => page.locator('[data-part=check]').waitFor();
const look = (page, view) => page.locator(`[data-view=${view}]`).click();
const node = (page, name) => page.locator(`[data-outline="${name}"]`);
const typed = async (page) => {
  await look(page, 'text');
  return page.locator('[data-field=text]').inputValue();
};
const proved = (page, faults) => until(`${faults} faults`, async () => {
  const check = page.locator('[data-part=check]');
  return (await check.getAttribute('data-checked')) === 'true' && (await check.getAttribute('data-faults')) === String(faults);
});
async function undoAll(page) {
  while (await page.locator('[data-action=undo]').isEnabled()) await page.locator('[data-action=undo]').click();
}
/** Fills the reason of the dialog that is open and does it. */
async function doIt(page, why, form) {
  await page.locator(form).locator('[data-field=why]').fill(why);
  await page.locator('[data-action=do-it]').click();
  await page.locator(form).waitFor({ state: 'detached' });
}
function nothingWrong() {
  assert.deepEqual(gallery.faults.splice(0), [], `the pictures are in ${gallery.folder}`);
}

test('a flow with a fault says so at its node and is not published; mended in the outline by keyboard, it comes into force, is heard, and goes back by one key', async () => {
  const page = await pageOf('admin', '/flows');
  await page.locator('[data-flow=main]').waitFor();
  await gallery.take(page, 'flows');
  await page.locator('[data-flow=main]').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-box=greeting]').waitFor();
  await proved(page, 0);
  await gallery.take(page, 'flow-canvas');

  await look(page, 'outline');
  await node(page, 'greeting').locator('.open').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('[data-form=menu]').waitFor();
  await gallery.take(page, 'flow-outline');
  await node(page, 'menu').locator('[data-way="key 2"] select').selectOption('repair');
  await page.locator('[data-fault=nothing-leads-here][data-node=outage]').waitFor();
  await node(page, 'outage').locator('.field-error').waitFor();
  await page.locator('.page-head [data-action=publish]').click();
  await page.locator('[data-part=cannot-publish] li').first().waitFor();
  await gallery.take(page, 'flow-not-published');
  await page.keyboard.press('Escape');

  await node(page, 'outage').locator('[data-action=drop-node]').focus();
  await page.keyboard.press('Enter');
  await proved(page, 0);
  await page.keyboard.press('Control+s');
  await page.locator('[data-form=flow-save]').waitFor();
  await page.locator('[data-action=do-it]').click();
  await page.getByText('请写明原因').waitFor();
  await doIt(page, '停热已恢复，撤下公告', '[data-form=flow-save]');
  await page.locator('[data-version-state=draft]').waitFor();
  assert.deepEqual([(await line()).in_force, (await line()).draft], [1, 2]);

  await page.reload();
  await page.locator('[data-version-state=draft]').waitFor();
  await editor(page);
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-form=flow-publish] [data-field=later]').check();
  await gallery.take(page, 'flow-publish');
  await page.locator('[data-form=flow-publish] input[type=radio]').first().check();
  await doIt(page, '今天恢复供热', '[data-form=flow-publish]');
  await page.locator('[data-version-state=in_force]').waitFor();
  assert.equal((await line()).in_force, 2);

  const citizen = await startBaresip({ server, user: '13800009901' });
  try {
    citizen.dial('6000');
    await citizen.until('CALL_ESTABLISHED');
    await until('the call has come to the queue without the notice', async () => {
      citizen.key('2');
      const nodes = (await admin.get(`/flows/main/heat?day=${today()}`)).nodes.map((n) => n.node);
      assert.ok(!nodes.includes('outage'), 'key 2 led to the notice still');
      return nodes.includes('repair');
    }, { seconds: 60, every: 1500 });
  } finally {
    await citizen.stop();
  }

  await look(page, 'versions');
  await page.locator('[data-difference=outage][data-change=removed]').waitFor();
  assert.match(await page.locator('[data-difference=menu] ins').first().innerText(), /key 2 -> repair/);
  await gallery.take(page, 'flow-versions');
  await page.locator('[data-action=back-one]').click();
  await doIt(page, '又要检修', '[data-verb=roll_back]');
  await page.locator('[data-version="3"][data-state=in_force]').waitFor();
  assert.equal((await line()).in_force, 3);
  assert.equal(await textOf(3), await textOf(1));
  await page.context().close();
  nothingWrong();
});

test('drawing, outline and text change the same flow, and each step is undone', async () => {
  const page = await pageOf('admin', '/flows/main');
  await editor(page);
  const before = await typed(page);
  await look(page, 'canvas');
  await page.locator('[data-box=menu]').waitFor();
  await page.locator('[data-action=fit]').click();
  const middle = async (spot) => {
    const box = await spot.boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const port = page.locator('[data-box=menu] [data-handleid="way:key 2"]');
  const [x, y] = await middle(port);
  const [toX, toY] = await middle(page.locator('[data-box=elder]'));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move((x + toX) / 2, (y + toY) / 2, { steps: 5 });
  await page.mouse.move(toX, toY - 4, { steps: 5 });
  await page.mouse.up();
  const drawn = await typed(page);
  assert.match(drawn, /key 2 -> elder/);
  await page.locator('[data-action=undo]').click();
  assert.equal(await page.locator('[data-field=text]').inputValue(), before);

  await look(page, 'outline');
  await node(page, 'menu').locator('[data-way="key 2"] select').selectOption('elder');
  assert.equal(await typed(page), drawn, 'the same edit is the same text');
  await page.locator('[data-action=undo]').click();

  await page.locator('[data-field=text]').fill(before.replace('key 2 -> outage', 'key 2 -> elder'));
  await look(page, 'outline');
  assert.equal(await node(page, 'menu').locator('[data-way="key 2"] select').inputValue(), 'elder');
  await undoAll(page);

  await node(page, 'menu').locator('.open').click();
  await page.locator('[data-field=new-kind]').selectOption('play');
  await page.locator('[data-field=new-way]').selectOption('=key 3');
  await page.locator('[data-field=new-name]').fill('Bad Name');
  await page.locator('[data-action=add-node]').click();
  await page.getByText('只用小写字母').waitFor();
  await page.locator('[data-field=new-name]').fill('notice');
  await page.locator('[data-action=add-node]').click();
  await page.locator('[data-form=notice]').waitFor();
  await page.locator('[data-fault=says-nothing][data-node=notice]').waitFor();
  await page.locator('[data-form=notice] [data-field=note]').fill('检修公告');
  await page.locator('[data-form=notice] [data-field=add-prompt]').selectOption('outage-news');
  await node(page, 'notice').getByText('检修公告').first().waitFor();
  await proved(page, 0);
  await look(page, 'canvas');
  await page.locator('[data-box=notice]').waitFor();
  await page.locator('[data-form=notice] [data-field=name]').fill('news');
  await page.keyboard.press('Tab');
  await page.locator('[data-box=news]').waitFor();
  await page.locator('[data-box=news] .face').focus();
  await page.keyboard.press('Delete');
  await page.locator('[data-box=news]').waitFor({ state: 'detached' });
  await page.locator('[data-side=flow]').click();
  await page.locator('[data-form=flow]').waitFor();
  await gallery.take(page, 'flow-whole');
  await undoAll(page);
  assert.equal(await typed(page), before);
  await page.context().close();
  nothingWrong();
});

test('a call is tried on the flow as it stands on the screen', async () => {
  const page = await pageOf('admin', '/flows/main');
  await editor(page);
  await look(page, 'outline');
  await page.locator('[data-side=call]').click();
  const call = page.locator('[data-part=call]');
  await call.locator('[data-action=call]').click();
  await call.locator('[data-step=say][data-node=greeting]').getByText('您好，这里是云汀供热服务热线').waitFor();
  await call.locator('[data-action=prompts-ended]').click();
  await call.locator('[data-step=say][data-node=menu]').waitFor();
  await node(page, 'menu').getByText('试打在此').waitFor();
  await gallery.take(page, 'flow-call');
  await call.locator('[data-key="3"]').click();
  await call.locator('[data-action=case-missing]').click();
  await call.locator('[data-step=say][data-node=status-number]').waitFor();
  await page.locator('[data-part=call] [data-key="0"]').focus();
  await page.keyboard.press('0');
  await page.keyboard.press('#');
  await call.locator('[data-step=enter][data-node=person]').waitFor();
  await call.locator('[data-action=prompts-ended]').click();
  await page.locator('[data-part=call][data-over=true]').waitFor();
  assert.match(await call.locator('[data-part=now]').innerText(), /进入队列/);
  await call.locator('[data-tag=elder]').check();
  await call.locator('[data-action=call]').click();
  await call.locator('[data-action=prompts-ended]').click();
  await call.locator('[data-step=say][data-node=elder]').waitFor();
  await call.locator('[data-action=prompts-ended]').click();
  await call.locator('[data-step=queue][data-node=elder]').waitFor();
  await gallery.take(page, 'flow-call-over');
  await page.context().close();
  nothingWrong();
});

test('what is typed stays over a reload, and what somebody else saved is never written over unasked', async () => {
  const page = await pageOf('admin', '/flows/main', /409 .*\/versions$/);
  await editor(page);
  await look(page, 'outline');
  await node(page, 'menu').locator('[data-way="other"] select').selectOption('elder');
  await page.getByText('还没存到服务器').waitFor();
  await page.reload();
  await page.locator('[data-part=restored]').waitFor();
  assert.equal(await node(page, 'menu').locator('[data-way="other"] select').inputValue(), 'elder');

  const mine = (await admin.get('/flows/main')).versions.find((v) => v.state !== 'dropped').number;
  const theirs = await admin.post('/flows/main/versions', { text: (await textOf(mine)).replace('wait 3s', 'wait 4s'), based_on: mine, why: '菜单多等一秒' });
  await page.locator('[data-action=save]').click();
  await page.locator('[data-form=flow-save] [data-field=why]').fill('按错键的给银发');
  await page.locator('[data-action=do-it]').click();
  await page.locator('[data-part=stale]').waitFor();
  assert.equal((await line()).draft, theirs.version.number);
  await page.locator('[data-action=see-newer]').click();
  await page.locator('[data-difference=menu]').waitFor();
  await gallery.take(page, 'flow-stale');
  await page.locator('[data-action=keep-mine]').click();
  await doIt(page, '按错键的给银发', '[data-form=flow-save]');
  const draft = (await line()).draft;
  assert.equal(draft, theirs.version.number + 1);
  assert.match(await textOf(draft), /other -> elder/);

  const later = `${new Date().getFullYear() + 1}-01-01 08:00`;
  await page.locator('.page-head [data-action=publish]').click();
  await page.locator('[data-form=flow-publish] [data-field=later]').check();
  await page.locator('[data-form=flow-publish] [data-minute]').fill(later);
  await doIt(page, '明年起', '[data-form=flow-publish]');
  assert.equal((await line()).scheduled, draft);
  await look(page, 'versions');
  await page.locator(`[data-version="${draft}"] [data-action=withdraw]`).click();
  await doIt(page, '先不改', '[data-verb=withdraw]');
  await page.locator(`[data-version="${draft}"] [data-action=drop]`).click();
  await doIt(page, '不改了', '[data-verb=drop]');
  await page.locator(`[data-version="${draft}"][data-state=dropped]`).waitFor();
  await page.context().close();
  nothingWrong();
});

test('where callers went stands on drawing and outline as colour and number; who may only read changes nothing', async () => {
  const page = await pageOf('0101', '/flows/main');
  await editor(page);
  assert.equal(await page.locator('.page-head [data-action=publish]').count(), 0);
  await look(page, 'canvas');
  await page.locator('[data-action=heat]').click();
  await page.getByText('这一天没有来电').waitFor();
  await page.locator('[data-part=heat] [data-day-field]').fill(today());
  await page.locator('[data-part=heat]').getByText('当天共 1 通来电').waitFor();
  await page.locator('[data-box=greeting].heat-5').getByText('1 人').first().waitFor();
  await gallery.take(page, 'flow-heat');
  await look(page, 'outline');
  await node(page, 'greeting').locator('[data-callers]').getByText('1 人').first().waitFor();
  assert.equal(await node(page, 'menu').locator('select').first().isDisabled(), true);
  await gallery.take(page, 'flow-heat-outline');
  await page.getByText('English').click();
  await page.getByText('Outline').waitFor();
  await gallery.take(page, 'flow-english');
  await page.context().close();

  const agent = await pageOf('1001', '/flows');
  await agent.getByText('这个页面不对您开放').waitFor();
  await agent.context().close();
  nothingWrong();
});
