// SPDX-License-Identifier: Apache-2.0
// One province, twenty-eight centres: a caller lands where they belong, the head helps where nobody
// is at work or the city is closed, and what was saved is the city's; a bank sees its product's calls.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { notNow, setHours } from './lib/opening_hours.mjs';
import { bodies, factsWith, hasFact } from './lib/seat.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { ring } from './lib/udp_caller.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { until } from './lib/wait.mjs';

let server, lanzhou, zhangye, head, deputy, bank, chief, admin;
const open = [];

/** An agent at a desk phone that answers by itself. */
async function atWork(login, phone, isReady = true) {
  open.push(await startUdpPhone({ server, user: phone, password: server.demo_password }));
  const desk = await openDeskSocket(server, login);
  await desk.say('sign_in', { seat: { kind: 'sip_phone', address: phone } });
  if (!isReady) return desk;
  await desk.say('ready');
  await desk.inState('Ready');
  return desk;
}
/** Ready for the next call, whatever the last left behind. */
async function fresh(desk) {
  if (desk.view.state === 'Busy') await desk.inState('WrapUp');
  if (desk.view.state === 'WrapUp') await desk.say('wrap_up_done', { disposition: '' });
  if (desk.view.state !== 'Ready') await desk.say('ready');
  await desk.inState('Ready');
}
const caller = (user, number = '093112328') => ring(server, { number, user });
const territory = async (api, call) => bodies(await factsWith(api, call, 'TerritoryFound'), 'TerritoryFound').at(-1);
const floorOf = (desk) => desk.words.filter((w) => w.type === 'floor').at(-1);

before(async () => {
  server = await startServer({ scenario: 'etc' });
  // Only the cities that are called: each change of rules is the whole province's, and takes seconds.
  await setHours(server, '', ['兰州分中心', '武威分中心', '张掖分中心']);
  admin = await signIn(server, 'admin');
  [lanzhou, zhangye, head, deputy, bank] = await Promise.all(
    [atWork('1101', '8001'), atWork('1701', '8002'), atWork('4001', '8003'), atWork('4101', '8004'), atWork('5101', '8006')]);
  chief = await atWork('0101', '8005', false);
});
after(async () => {
  for (const desk of [lanzhou, zhangye, head, deputy, bank, chief]) desk?.close();
  for (const phone of open) await phone.stop?.();
  await server?.stop();
});

test('callers land where they belong, and at the head where nobody is at work or nobody knows', async (t) => {
  const calls = await Promise.all(['09312345001', '09362345002', '09352345003', '19912345004'].map((n) => caller(n)));
  const [fromLanzhou, fromZhangye] = await Promise.all([lanzhou, zhangye].map((desk) => desk.inCall('talking', 60)));
  await Promise.all([head, deputy].map((desk) => desk.inCall('talking', 60)));

  assert.equal(fromLanzhou.caller, '09312345001');
  assert.equal(fromLanzhou.place, '兰州');
  assert.equal(fromZhangye.caller, '09362345002');
  assert.equal(fromZhangye.place, '张掖');
  const wuwei = [head, deputy].find((desk) => desk.view.caller === '09352345003');
  const stranger = [head, deputy].find((desk) => desk.view.caller === '19912345004');
  assert.equal(wuwei.view.place, '武威', 'nobody is at work in Wuwei');
  assert.equal(stranger.view.place, '', 'an unknown prefix is never guessed');

  await t.test('the journal says whose call it is, and how that was found', async () => {
    const found = await territory(chief.api, wuwei.view.interaction);
    assert.deepEqual([found.from, found.place], ['area_code', '武威']);
    const unknown = await territory(chief.api, stranger.view.interaction);
    assert.deepEqual([unknown.centre, unknown.from, unknown.place], [0, 'none', '']);
  });

  await t.test('the case saved at the head is Wuwei’s: its people see it, Lanzhou’s do not', async () => {
    const number = (await wuwei.api.get(`/case-number?interaction=${wuwei.view.interaction}`)).number;
    const saved = await wuwei.api.post('/cases', {
      interaction_id: wuwei.view.interaction, number, kind: 'other', title: 'ETC 卡读不出', detail: '过站抬杆失败。',
      contact_name: '', contact_number: '09352345003', address: '', urgency: 'normal', has_elder: false, wishes_callback: false, status: 'open',
    });
    assert.equal(saved.number, number, 'the number told is the number kept');
    const [own, beside] = await Promise.all([signIn(server, '1601'), signIn(server, '1101')]);
    assert.equal((await own.get(`/cases/${saved.id}`)).title, 'ETC 卡读不出');
    assert.equal((await own.get('/cases')).items.length, 1);
    await assert.rejects(beside.get(`/cases/${saved.id}`), /404/);
    assert.equal((await beside.get('/cases')).items.length, 0);
    assert.equal((await wuwei.api.get(`/cases/${saved.id}`)).id, saved.id, 'the head reads it, too');
    await wuwei.api.call('PATCH', `/cases/${saved.id}`, { detail: '已请武威回访。', version: saved.version });
  });

  await t.test('the head’s page holds every seat of every centre; a city’s holds its own', async () => {
    const mayor = await openDeskSocket(server, '1100');
    await Promise.all([chief, mayor].map((desk) => desk.say('watch_floor', { on: true })));
    const all = await until('the head’s floor', () => floorOf(chief));
    const own = await until('the city’s floor', () => floorOf(mayor));
    assert.equal(all.centres.length, 30, 'the head, 28 branches and a bank');
    assert.ok(all.seats.length >= 300, `${all.seats.length} seats`);
    assert.deepEqual(own.centres.map((c) => c.name), ['兰州分中心']);
    assert.ok(own.seats.every((s) => s.centre === own.centres[0].id));
    assert.deepEqual({ ...all.lines, refused: 0 }, { taken: 4, channels: 30, refused: 0 });
    await assert.rejects(mayor.say('monitor', { agent: zhangye.id, mode: 'listen', reason: '抽听' }), /not_found/, 'another centre’s seat does not exist');
    mayor.close();
  });

  await t.test('the head slides a city’s overflow live, a city only its own; each slide is in the audit', async () => {
    const { centres, queues } = await until('the head’s floor', () => floorOf(chief));
    const idOf = (name) => centres.find((c) => c.name === name).id;
    const queue = queues.find((q) => q.centre === idOf('张掖分中心') && q.title === '服务').id;
    await chief.say('slide_overflow', { queue, after_s: 0, reason: '大雪，来电多' });
    const row = await until('the slide is in the audit', async () => (await admin.get('/audit')).items.find((r) => r.kind === 'OverflowSet'));
    assert.deepEqual([row.body.queue, row.body.after_ms, row.body.reason, row.user_id], [queue, 0, '大雪，来电多', chief.id]);
    await assert.rejects(chief.say('slide_overflow', { queue, after_s: 0 }), /reason_needed/);
    const mayor = await openDeskSocket(server, '1100');
    await assert.rejects(mayor.say('slide_overflow', { queue, after_s: null, reason: '不帮' }), /not_allowed/);
    await assert.rejects(lanzhou.say('slide_overflow', { queue, after_s: null, reason: '不帮' }), /not_allowed|no_right|forbidden/);
    mayor.close();
  });

  await t.test('the same on the floor page: per queue and centre, with a reason', async () => {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(server.url);
      await page.getByLabel('登录名').fill('0101');
      await page.getByLabel('密码').fill(server.demo_password);
      await page.keyboard.press('Enter');
      await page.locator('.rail').waitFor();
      await page.goto(`${server.url}/floor`);
      const card = page.getByRole('button', { name: '改服务的求助时间' });
      await card.getByText('各中心').waitFor(); // Zhangye's was slid, the others' were not.
      await card.click();
      await page.locator('[data-field=slide-centre]').selectOption({ label: '张掖分中心' });
      await page.locator('[data-field=slide]').fill('60');
      await page.getByText('等满 60 秒求助').waitFor();
      await page.locator('[data-action=slide]').click();
      await page.locator('.field-error').getByText('请填写原因').waitFor();
      await page.locator('#slide-reason').fill('雪停了');
      await page.locator('[data-action=slide]').click();
      await page.locator('.el-message').getByText('求助时间已改').waitFor();
    } finally {
      await browser.close();
    }
    const admin = await signIn(server, 'admin');
    const row = await until('the slide is in the audit', async () => (await admin.get('/audit')).items.find((r) => r.kind === 'OverflowSet' && r.body.reason === '雪停了'));
    assert.equal(row.body.after_ms, 60_000);
    const { overflow } = await until('the floor has it', () => floorOf(chief)?.queues.find((q) => q.id === row.body.queue && q.overflow?.after_s === 60));
    assert.deepEqual(overflow, { after_s: 60 });
  });

  for (const call of calls) call.hangUp();
  await Promise.all(calls.map((call) => call.ended));
});

test('the head listens, whispers and takes over across centres with the reason kept; a city only at home', async () => {
  await fresh(zhangye);
  const citizen = await caller('09362345010');
  const { interaction } = await zhangye.inCall('talking', 60);
  const mayor = await openDeskSocket(server, '1100');
  for (const [name, args] of [['monitor', { mode: 'listen' }], ['monitor', { mode: 'whisper' }], ['take_over', {}]])
    await assert.rejects(mayor.say(name, { agent: zhangye.id, reason: '试试', ...args }), { code: 'not_found' }, 'another city’s seat does not exist');
  mayor.close();
  await assert.rejects(chief.say('monitor', { agent: zhangye.id, mode: 'listen' }), { code: 'reason_needed' });

  const acts = [['listen', '远程抽听'], ['whisper', '提示退费口径'], ['take_over', '接手投诉']];
  for (const [action, reason] of acts) {
    if (action === 'take_over') await chief.say('take_over', { agent: zhangye.id, reason });
    else await chief.say('monitor', { agent: zhangye.id, mode: action, reason });
    if (action === 'listen') await chief.sees('the call it listens to', (v) => v.interaction === interaction);
  }
  await zhangye.inState('WrapUp');
  await chief.inCall('talking');
  assert.equal(chief.view.caller, '09362345010');
  citizen.hangUp();
  await citizen.ended;
  const facts = await factsWith(chief.api, interaction, 'CallEnded');
  for (const [action, reason] of acts) hasFact(facts, 'SupervisorActed', { action, reason, supervisor: chief.id });
  const audit = (await admin.get('/audit')).items.filter((r) => r.kind === 'SupervisorActed' && r.agent_id === zhangye.id);
  assert.deepEqual(acts.map(([, reason]) => audit.some((r) => r.body.reason === reason)), [true, true, true]);
  const own = await signIn(server, '1700');
  assert.ok((await own.get('/calls')).items.some((c) => c.id === interaction), 'the call stays Zhangye’s');
});

test('a city outside its hours: the head takes the caller, the call and its case are the city’s', async () => {
  await setHours(server, notNow(), ['张掖分中心']);
  await Promise.all([zhangye, head, deputy].map(fresh));
  const evening = await caller('09362345020');
  const helper = await until('the head is in the call', () => [head, deputy].find((d) => d.view.call_state === 'talking'), { seconds: 60 });
  const { interaction } = helper.view;
  assert.deepEqual([helper.view.caller, helper.view.place], ['09362345020', '张掖']);
  assert.equal(zhangye.view.state, 'Ready', 'who is at work there is not rung');
  const number = (await helper.api.get(`/case-number?interaction=${interaction}`)).number;
  const saved = await helper.api.post('/cases', {
    interaction_id: interaction, number, kind: 'other', title: '夜间抬杆失败', detail: '', contact_name: '', contact_number: '09362345020',
    address: '', urgency: 'normal', has_elder: false, wishes_callback: false, status: 'open',
  });
  evening.hangUp();
  await evening.ended;
  const [own, beside] = await Promise.all([signIn(server, '1701'), signIn(server, '1101')]);
  assert.equal((await own.get(`/cases/${saved.id}`)).title, '夜间抬杆失败');
  await assert.rejects(beside.get(`/cases/${saved.id}`), /404/);

  await setHours(server, '', ['张掖分中心']);
  const morning = await caller('09362345021');
  await zhangye.inCall('talking', 60);
  assert.equal(zhangye.view.caller, '09362345021', 'open again at once');
  morning.hangUp();
  await morning.ended;
});

test('a partner bank sees the calls of its product and no others; a city does not see them', async () => {
  await Promise.all([lanzhou, bank].map(fresh));
  const [bankChief, mayor] = await Promise.all(['5100', '1100'].map((login) => openDeskSocket(server, login)));
  await Promise.all([bankChief, mayor].map((desk) => desk.say('watch_floor', { on: true })));
  const ofLanzhou = await caller('09312345030');
  const ofTheBank = await caller('09312345031');
  await until('the bank is in the call', () => {
    if (bank.view.call_state === 'talking') return true;
    ofTheBank.press('4');
    return false;
  }, { seconds: 60, every: 1000 });
  await lanzhou.inCall('talking', 60);
  assert.deepEqual([bank.view.caller, lanzhou.view.caller], ['09312345031', '09312345030']);
  const product = bank.view.interaction, service = lanzhou.view.interaction;
  const inCalls = (desk) => floorOf(desk)?.seats.filter((s) => s.call_state === 'talking').map((s) => s.interaction).sort();
  const shows = (desk, calls) => until(`${desk.login} sees ${calls}`, () => JSON.stringify(inCalls(desk)) === JSON.stringify(calls))
    .catch((e) => { throw new Error(`${e.message}: ${JSON.stringify(inCalls(desk))}`); });
  await shows(bankChief, [product]);
  await shows(mayor, [service]);
  await shows(chief, [service, product].sort());
  assert.deepEqual(floorOf(bankChief).centres.map((c) => c.name), ['合作银行']);
  assert.ok(floorOf(bankChief).seats.every((s) => s.centre === floorOf(bankChief).centres[0].id));
  await assert.rejects(bankChief.say('monitor', { agent: lanzhou.id, mode: 'listen', reason: '试试' }), { code: 'not_found' });

  for (const call of [ofLanzhou, ofTheBank]) call.hangUp();
  await Promise.all([ofLanzhou, ofTheBank].map((call) => call.ended));
  await Promise.all([product, service].map((call) => factsWith(chief.api, call, 'CallEnded')));
  const listed = async (desk) => (await desk.api.get('/calls')).items.map((c) => c.id);
  await until('both calls are in the list', async () => { const all = await listed(chief); return all.includes(product) && all.includes(service); });
  assert.deepEqual(await listed(bankChief), [product], 'of all calls there were, its own one');
  assert.ok(!(await listed(mayor)).includes(product));
  assert.ok((await listed(mayor)).includes(service));
  await assert.rejects(mayor.api.get(`/calls/${product}/facts`), /404/);
  await assert.rejects(bankChief.api.get(`/calls/${service}`), /404/);
  await assert.rejects(bankChief.api.get(`/calls/${service}/facts`), /404/);
  for (const desk of [bankChief, mayor]) desk.close();
});

test('a number no table knows is located by the customer’s plate, else by the public numbering plan', async () => {
  const own = await signIn(server, '1700');
  const made = await own.post('/customers', { name: '甘清越', numbers: ['19912345040'], plate: '甘g·12345' });
  assert.equal(made.plate, '甘G12345');
  for (const [number, from] of [['19912345040', 'plate'], ['17709361234', 'numbering']]) {
    await fresh(zhangye);
    const call = await caller(number);
    await zhangye.inCall('talking', 60);
    assert.deepEqual([zhangye.view.caller, zhangye.view.place], [number, '张掖']);
    assert.equal((await territory(chief.api, zhangye.view.interaction)).from, from);
    call.hangUp();
    await call.ended;
  }
});

test('with every line of the trunk taken, one more caller hears busy and is counted', async () => {
  const calls = await Promise.all(Array.from({ length: 30 }, (_, i) => caller(`0931234${5100 + i}`)));
  await until('thirty lines are taken', () => floorOf(chief).lines.taken === 30, { seconds: 20 });
  const late = await caller('09312345999');
  assert.equal(await late.ended, 'refused 486');
  await until('the head’s page counts it', () => floorOf(chief).lines.refused === 1);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /ys_trunk_full 1/);
  for (const call of calls) call.hangUp();
  await Promise.all(calls.map((call) => call.ended));
});
