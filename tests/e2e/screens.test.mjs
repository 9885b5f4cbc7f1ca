// SPDX-License-Identifier: Apache-2.0
// Every screen with real calls behind it, on a desk and on a phone: nothing cut, no raw word, axe content.
// YS_SCREENS=folder keeps the pictures; without it they are kept when something is wrong.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { setHours } from './lib/opening_hours.mjs';
import { Gallery } from './lib/screen.mjs';
import { hears, phoneSeat } from './lib/seat.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { freeUdpPort, startSipp } from './lib/sipp.mjs';
import { ring } from './lib/udp_caller.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const gallery = new Gallery(kept ?? tempFolder('screens'));
const elder = '13800001008'; // 王淑兰, of the demo's customers
const stranger = '13955512077';
const neverMind = /401 .*\/api\/v1\/session$/; // "Who am I?" before the sign-in
let server, api, desk, seat, elderPhone, strangerPhone, silent, folder, isClean = true;

/** What is wrong up to here, told once: the next step starts clean. */
function nothingWrong() {
  const faults = gallery.faults.splice(0);
  isClean &&= faults.length === 0;
  assert.deepEqual(faults, [], `the pictures are in ${gallery.folder}`);
}
async function openPage(who, expected = neverMind) {
  const context = await desk.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  gallery.watch(page, who, expected);
  return page;
}
async function enter(page, login, password = server.demo_password) {
  await page.goto(server.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
}
async function show(page, where, ready) {
  await page.goto(`${server.url}${where}`);
  await page.locator(ready).first().waitFor();
}
const inCall = (state, page = desk.page) => page.locator(`[data-call-state=${state}]`).waitFor();
const dialog = (page) => page.locator('[role=dialog]:visible');
async function closeDialog(page) {
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
}

const cases = [
  { kind: 'no_heat', title: '卧室不热，室温 15 ℃', detail: '三天前开始，阀门全开，客厅 17 ℃。', contact_name: '王淑兰', contact_number: elder,
    address: '云汀市白苇区芦花小区 14 号楼 4 单元 202', urgency: 'normal', has_elder: true, wishes_callback: true, status: 'open' },
  { kind: 'leak', title: '楼道立管漏水', detail: '三楼平台滴水，地面结冰，有人滑倒。', contact_name: '秦牧远', contact_number: '13800001003',
    address: '云汀市望山区观澜苑 15 号楼 3 单元 303', urgency: 'urgent', has_elder: false, wishes_callback: true, status: 'open' },
  { kind: 'billing', title: '问采暖费能不能分两次交', detail: '已答复：可以，到营业厅办理。', contact_name: '林望舒', contact_number: '13800001002',
    address: '', urgency: 'normal', has_elder: false, wishes_callback: false, status: 'closed' },
  { kind: 'praise', title: '感谢维修师傅', detail: '下雪天晚上九点还来修，老人很感动。', contact_name: '李长庚', contact_number: '13800001009',
    address: '', urgency: 'normal', has_elder: true, wishes_callback: false, status: 'closed' },
];

before(async () => {
  const port = await freeUdpPort();
  folder = tempFolder('config');
  const config = path.join(folder, 'serve.toml');
  fs.writeFileSync(config, `[[trunk]]\nname = "carrier"\nhost = "127.0.0.1"\nport = ${port}\nsources = ["127.0.0.1"]\n`);
  server = await startServer({ args: ['--config', config] });
  const colleague = await signIn(server, '1002');
  for (const c of cases) await colleague.post('/cases', c);
  api = await signIn(server, '0102');
  [desk, seat, elderPhone, strangerPhone, silent] = await Promise.all([
    openDesk(server, '1001', { toneHz: 1330 }),
    phoneSeat(server, '1007', '1007', 440),
    startBaresip({ server, toneHz: 700, user: elder }),
    startBaresip({ server, toneHz: 620, user: stranger }),
    startSipp('uas_silent', { port }),
  ]);
  gallery.watch(desk.page, '1001');
});
after(async () => {
  await elderPhone?.stop();
  await strangerPhone?.stop();
  await silent?.stop();
  await seat?.stop();
  await desk?.close();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
  if (kept) gallery.shrink();
  else if (isClean) fs.rmSync(gallery.folder, { recursive: true, force: true });
});

test('signing in and looking things up, while a first citizen speaks with a colleague', async () => {
  const gone = ['13800001003', '13800001005'].map((user) => ring(server, { user }));
  elderPhone.dial('6000');

  const page = await openPage('nobody');
  await page.goto(server.url);
  await page.getByLabel('登录名').waitFor();
  await gallery.take(page, 'sign-in');
  await enter(page, '1001', '不是密码');
  await page.locator('#problem.shown').waitFor();
  await gallery.take(page, 'sign-in-wrong');
  for (const call of await Promise.all(gone)) call.hangUp();

  await show(page, '/call.html', '[data-call-step=idle]');
  await gallery.take(page, 'citizen-call');
  await page.getByRole('button', { name: 'English' }).click();
  await gallery.take(page, 'citizen-call-en');
  await page.context().close();

  await gallery.take(desk.page, 'desk-signed-out');
  await desk.press('state_menu');
  await gallery.take(desk.page, 'desk-sign-in-menu');
  await desk.press('sign_in_ready'); // The colleague is idle for longer and gets the call.
  await desk.inState('Ready');
  await gallery.take(desk.page, 'desk-idle');
  await desk.page.keyboard.press('Control+K');
  await desk.page.locator('[data-field=palette]').fill('芦花小区');
  await desk.page.locator('[data-entry^="case:"]').first().waitFor();
  await gallery.take(desk.page, 'desk-palette');
  await desk.page.keyboard.press('Enter'); // The person stands before the case.
  await desk.page.locator('[data-pop=known]').waitFor();
  await desk.page.keyboard.press('Control+K');
  await desk.page.locator('[data-field=palette]').fill('喝水');
  await desk.page.keyboard.press('Enter');
  await desk.inState('Break');
  await desk.page.keyboard.press('Alt+KeyN');
  await desk.page.locator('[data-pop=known]').waitFor({ state: 'detached' });

  await seat.desk.inCall('talking', 40);
  await hears(elderPhone, [440]);
  await seat.say('hold');
  await show(desk.page, '/cases', 'tbody tr');
  await gallery.take(desk.page, 'cases');
  await seat.say('retrieve');
  await hears(elderPhone, [440]);
  await desk.page.getByText('楼道立管漏水').click();
  await desk.page.locator('.sheet').waitFor();
  await gallery.take(desk.page, 'case');
  elderPhone.hangUp();
  await elderPhone.until('CALL_CLOSED');
  await seat.desk.inState('WrapUp');
  await seat.say('wrap_up_done', { disposition: 'case_opened' });
  await seat.say('break', { reason: 'meal' });
  elderPhone.dial('6000'); // Nobody is free: waits until the desk is.
  nothingWrong();
});

test('pages that are not there or not for everybody', async () => {
  const page = await openPage('1002', /(401 .*\/api\/v1\/session|404 .*\/api\/v1\/cases\/99999999)$/);
  await enter(page, '1002');
  await page.locator('.rail').waitFor();
  await show(page, '/floor', '[data-page=not-allowed]');
  await gallery.take(page, 'not-allowed');
  await show(page, '/no/such/page', '[data-page=not-found]');
  await gallery.take(page, 'not-found');
  await show(page, '/cases/99999999', '.empty');
  await gallery.take(page, 'case-missing');

  await show(page, '/call.html', '[data-call-step=idle]');
  await page.locator('[data-action=call]').click();
  await page.locator('[data-call-step=ringing], [data-call-step=queued], [data-call-step=talking]').waitFor();
  await gallery.take(page, 'citizen-call-waiting');
  await page.locator('[data-action=hang_up]').click();
  await page.locator('[data-call-step=ended]').waitFor();
  nothingWrong();
});

test('the desk from a break through ringing and talking to the wrap-up', async () => {
  const { page } = desk;
  await page.goto(server.url);
  await desk.press('state_menu');
  await gallery.take(page, 'desk-state-menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+/');
  await dialog(page).waitFor();
  await gallery.take(page, 'desk-keys');
  await closeDialog(page);
  await page.keyboard.press('Alt+KeyB'); // Back from the break: the citizen waits already.
  await inCall('ringing');
  await page.locator('[data-pop=known]').waitFor();
  await gallery.take(page, 'desk-ringing');
  await desk.press('answer');
  await inCall('talking');
  strangerPhone.dial('6000');
  await page.getByPlaceholder('市民说的情况：哪里、多久、要什么').fill('昨天夜里又不热了，两间卧室只有 14 ℃，阀门全开。老人一个人住，怕冷。');
  await page.locator('[data-draft=saved]').waitFor();
  await gallery.take(page, 'desk-in-call');
  await page.locator('[data-unhurried]').getByText('不计时长').waitFor();
  const month = Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', month: 'numeric' }).format());
  const season = month >= 11 || month <= 3 ? '提醒天冷' : month >= 6 && month <= 8 ? '提醒天热' : '天气';
  await page.locator('[data-care] li').nth(3).getByText(season).waitFor();
  await desk.press('submit_case');
  await page.locator('.field-error').first().waitFor();
  await gallery.take(page, 'desk-case-faults');
  await page.locator('.bar').getByRole('button', { name: 'English' }).click();
  await page.getByText('Hang up').first().waitFor();
  await gallery.take(page, 'desk-in-call-en');
  await page.locator('.bar').getByRole('button', { name: '中文' }).click();

  await desk.press('hold');
  await inCall('held');
  await gallery.take(page, 'desk-hold');
  await desk.press('hold');
  await inCall('talking');
  await desk.press('transfer');
  await dialog(page).getByText('罗棠').waitFor();
  await gallery.take(page, 'desk-transfer');
  await closeDialog(page);
  await desk.press('keypad');
  await dialog(page).waitFor();
  await gallery.take(page, 'desk-keypad');
  await closeDialog(page);
  await page.locator('[data-field=kind]').first().click();
  await page.locator('.el-select-dropdown__item:visible').first().click();
  await desk.press('submit_case');
  await page.locator('[data-case=saved]').waitFor();
  await gallery.take(page, 'desk-case-saved');
  await desk.press('hang_up');
  await desk.inState('WrapUp');
  await page.locator('.wrap-up').waitFor();
  await page.keyboard.press('Alt+Digit1');
  await page.locator('[data-named=late_data]').waitFor();
  await gallery.take(page, 'desk-wrap-up');
  nothingWrong();
});

test('a stranger is declined, somebody is called, the stranger is answered', async () => {
  const { page } = desk;
  await desk.press('wrap_up_done');
  await inCall('ringing');
  await page.locator('[data-pop=unknown]').waitFor();
  await gallery.take(page, 'desk-ringing-unknown');
  await desk.press('decline');
  await desk.inState('Break');
  await gallery.take(page, 'desk-break');
  await page.locator('[data-field=dial]').fill('13800009021');
  await page.locator('.side [data-action=dial]').click();
  await inCall('dialling');
  await gallery.take(page, 'desk-dialling');
  await desk.press('hang_up');
  await desk.inState('WrapUp');
  await page.locator('.wrap-up .el-select').click();
  await page.locator('.el-select-dropdown__item:visible').getByText('约好回电').click();
  await desk.press('wrap_up_done');
  await page.locator('[data-action=state_menu] [data-state=WrapUp]').waitFor({ state: 'detached' });
  if (!(await page.locator('[data-action=state_menu] [data-state=Alerted]').count())) {
    await desk.press('state_menu');
    await desk.press('ready');
  }
  await inCall('ringing');
  await desk.press('answer');
  await inCall('talking');
  assert.equal(await page.locator('[data-care], [data-unhurried]').count(), 0, 'care is for the elder lane');
  elderPhone.dial('6000'); // Waits for a free desk while the supervisor looks around.
  nothingWrong();
});

test('the supervisor: calls, a recording, figures, people, and the floor with its feed cut', async () => {
  const chief = await openPage('0101');
  let isFed = true;
  await chief.routeWebSocket(/\/api\/v1\/desk$/, (line) => {
    const upstream = line.connectToServer();
    upstream.onMessage((text) => isFed && line.send(text));
  });
  await enter(chief, '0101');
  await chief.locator('.rail').waitFor();
  await show(chief, '/calls', 'tbody tr');
  await gallery.take(chief, 'calls');
  await chief.getByRole('searchbox').fill('00000');
  await chief.keyboard.press('Enter');
  await chief.getByText('这些天没有符合的通话').waitFor();
  await gallery.take(chief, 'calls-empty');
  const heard = await until('the call with the hold is closed', async () => (await api.get(`/calls?q=${elder}&limit=50`)).items.find((c) => c.held_ms > 0 && c.recordings.length));
  await show(chief, `/calls/${heard.id}`, '.controls');
  await chief.locator('.wave > div').waitFor();
  await gallery.take(chief, 'call');
  await show(chief, '/lost', '[data-show]');
  await gallery.take(chief, 'lost-calls');
  await show(chief, '/barred', '[data-action=bar]');
  await chief.locator('[data-action=bar]').click();
  await chief.locator('#bar-number').fill('13800009999');
  await chief.locator('[data-action=ask-to-bar]').click();
  await chief.locator('.field-error').waitFor();
  await gallery.take(chief, 'bar-without-reason');
  await chief.locator('#bar-reason').fill('三天内辱骂坐席五次');
  await chief.locator('[data-action=ask-to-bar]').click();
  await chief.locator('[data-barred][data-state=asked]').waitFor();
  await gallery.take(chief, 'barred');
  await show(chief, '/kpi', '[data-kpi]');
  await gallery.take(chief, 'kpi');
  await show(chief, '/people', 'tbody tr');
  await gallery.take(chief, 'people');
  await show(chief, '/incidents', '.page-head h1');
  await gallery.take(chief, 'incidents-empty');
  await show(chief, '/defects', '[data-by=cause]');
  await gallery.take(chief, 'defects-empty');
  await show(chief, '/exchange', '[data-empty]');
  await gallery.take(chief, 'exchange-empty');
  await show(chief, '/cases/2/print', '[data-part=history]');
  await gallery.take(chief, 'case-print');

  await show(chief, '/emergencies', '[data-action=ask]');
  await chief.locator('[data-field=areas]').fill('听松里\n芦花小区');
  await chief.locator('[data-action=ask]').click();
  await chief.locator('.field-error').waitFor();
  await gallery.take(chief, 'emergency-without-reason');
  await chief.locator('[data-field=reason]').fill('听松里主管道爆裂');
  await chief.locator('[data-action=ask]').click();
  await chief.locator('[data-state=asked]').waitFor();
  const second = await openDeskSocket(server, '0102');
  await second.say('emergency_confirm', { emergency: 1 });
  await chief.locator('[data-state=in_force]').waitFor();
  await gallery.take(chief, 'emergencies');
  await second.say('emergency_end', { emergency: 1, reason: '已修好' });
  await chief.locator('[data-state=in_force]').waitFor({ state: 'detached' });
  second.close();

  await show(chief, '/floor', '.seat[data-state=Busy]');
  await chief.locator('[data-waiting]').waitFor();
  await gallery.take(chief, 'floor');
  await chief.locator('.seat[data-state=Busy]').click();
  await chief.locator('[data-detail]').waitFor();
  await gallery.take(chief, 'floor-seat');
  isFed = false;
  await chief.locator('[data-feed=stale]').waitFor();
  await gallery.take(chief, 'floor-stale');
  await chief.context().close();
  elderPhone.hangUp();
  strangerPhone.hangUp();
  await desk.inState('WrapUp');

  const admin = await openPage('admin');
  await enter(admin, 'admin');
  await admin.locator('.rail').waitFor();
  await show(admin, '/audit', 'tbody tr');
  await gallery.take(admin, 'audit');
  await show(admin, '/rules', '[data-editor=queue]');
  await admin.getByText('用我填的数').click();
  await admin.locator('[data-say]').waitFor();
  await gallery.take(admin, 'rules');
  await admin.locator('[data-part=seats]').click();
  await admin.locator('[data-agent]').first().waitFor();
  await gallery.take(admin, 'rules-seats');
  await admin.locator('[data-part=skills]').click();
  await admin.locator('[data-action=add_skill]').click();
  await admin.locator('[data-field=skill-title-0]').fill('藏语');
  await gallery.take(admin, 'rules-skills');
  await admin.locator('[data-part=centre]').click();
  await admin.locator('[data-field=centre-name]').waitFor();
  await gallery.take(admin, 'rules-centre');
  await show(admin, '/days', '[data-day]');
  await gallery.take(admin, 'days');
  await admin.context().close();
  nothingWrong();
});

test('the head of one province: twenty-nine centres live on one page', async () => {
  const etc = await startServer({ scenario: 'etc' });
  await setHours(etc, '');
  const open = [];
  const atWork = async (login, seat, state = 'ready') => {
    const at = await openDeskSocket(etc, login);
    open.push(at);
    await at.say('sign_in', { seat });
    if (state === 'ready') await at.say('ready');
    else await at.say('break', { reason: state });
  };
  try {
    const phones = ['8001', '8002', '8003', '8004'];
    for (const user of phones) open.push(await startUdpPhone({ server: etc, user, password: etc.demo_password }));
    const branches = Array.from({ length: 28 }, (_, i) => 1101 + 100 * i);
    for (const [i, first] of branches.entries()) {
      const seat = [0, 4, 6, 8].indexOf(i);
      await atWork(String(first), seat < 0 ? { kind: 'browser' } : { kind: 'sip_phone', address: phones[seat] }, i % 7 === 5 ? 'meal' : 'ready');
      if (i % 3 === 0) await atWork(String(first + 1), { kind: 'browser' }, 'meal');
    }
    const calls = await Promise.all(['09312612345', '09382345001', '09362345002', '09372345003', '09352345004', '09312345005']
      .map((user) => ring(etc, { number: '093112328', user })));
    const page = await openPage('0101');
    await page.goto(etc.url);
    await page.getByLabel('登录名').fill('0101');
    await page.getByLabel('密码').fill(etc.demo_password);
    await page.keyboard.press('Enter');
    await page.locator('.rail').waitFor();
    await page.goto(`${etc.url}/floor`);
    await page.locator('[data-centre]').nth(28).waitFor();
    await until('citizens are being talked to', async () => (await page.locator('.marks .talk').count()) >= 4, { seconds: 60 });
    await gallery.take(page, 'floor-province');
    await page.locator('[data-centre] .line').nth(1).click();
    await page.locator('.seat[data-state=Busy]').first().click();
    await page.locator('[data-detail]').waitFor();
    await gallery.take(page, 'floor-province-seat');
    await page.getByRole('button', { name: '改服务的求助时间' }).click();
    await page.locator('[data-field=slide]').waitFor();
    await gallery.take(page, 'floor-overflow');
    await closeDialog(page);
    await page.context().close();
    for (const call of calls) call.hangUp();
    await Promise.all(calls.map((call) => call.ended));
  } finally {
    for (const one of open) await (one.stop ?? one.close)();
    await etc.stop();
  }
  nothingWrong();
});
