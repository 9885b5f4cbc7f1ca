// SPDX-License-Identifier: Apache-2.0
// One province, twenty-eight centres: a caller lands where they belong, the head helps where nobody
// is at work, and what was saved is the city's.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { bodies, factsWith } from './lib/seat.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { ring } from './lib/udp_caller.mjs';
import { startUdpPhone } from './lib/udp_phone.mjs';
import { until } from './lib/wait.mjs';

let server, lanzhou, zhangye, head, deputy, chief;
const open = [];

/** An agent at a desk phone that answers by itself. */
async function atWork(login, phone) {
  open.push(await startUdpPhone({ server, user: phone, password: server.demo_password }));
  const desk = await openDeskSocket(server, login);
  await desk.say('sign_in', { seat: { kind: 'sip_phone', address: phone } });
  await desk.say('ready');
  await desk.inState('Ready');
  return desk;
}
const caller = (user, number = '093112328') => ring(server, { number, user });
const territory = async (api, call) => bodies(await factsWith(api, call, 'TerritoryFound'), 'TerritoryFound').at(-1);
const floorOf = (desk) => desk.words.filter((w) => w.type === 'floor').at(-1);

before(async () => {
  server = await startServer({ scenario: 'etc' });
  [lanzhou, zhangye, head, deputy] = await Promise.all(
    [atWork('1101', '8001'), atWork('1701', '8002'), atWork('4001', '8003'), atWork('4101', '8004')]);
  chief = await openDeskSocket(server, '0101');
});
after(async () => {
  for (const desk of [lanzhou, zhangye, head, deputy, chief]) desk?.close();
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

  await t.test('the head listens to a city, and the reason is in the audit', async () => {
    const admin = await signIn(server, 'admin');
    await chief.say('sign_in', { seat: { kind: 'browser' } });
    await chief.say('monitor', { agent: zhangye.id, mode: 'listen', reason: '远程抽听' });
    const row = await until('it is in the audit', async () => (await admin.get('/audit')).items
      .find((r) => r.kind === 'SupervisorActed' && r.body.reason === '远程抽听'));
    assert.equal(row.agent_id, zhangye.id);
  });

  await t.test('the head slides a city’s overflow live, a city only its own; each slide is in the audit', async () => {
    const admin = await signIn(server, 'admin');
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

  for (const call of calls) call.hangUp();
  await Promise.all(calls.map((call) => call.ended));
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
