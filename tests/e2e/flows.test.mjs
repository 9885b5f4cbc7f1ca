// SPDX-License-Identifier: Apache-2.0
// A flow is changed while the hotline runs: the next SIP call hears it, who is in the old one finishes there, a broken one is
// refused by the name of its fault, and what is to come into force does so at its minute, also while nobody was there.
import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { keyAlaw } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { phoneSeat } from './lib/seat.mjs';
import { quick, signIn, startServer } from './lib/server.mjs';
import { startSipp } from './lib/sipp.mjs';
import { until } from './lib/wait.mjs';

let server, agent, admin;

before(async () => {
  server = await startServer({ scenario: quick });
  agent = await phoneSeat(server, '1001', '8001', 440);
  admin = await signIn(server, 'admin');
});
beforeEach(() => agent.fresh());
after(async () => {
  await agent?.stop();
  await server?.stop();
});

const news1 = 'key 1 -> news\n  key 2 -> digits', news2 = 'key 1 -> digits\n  key 2 -> news';
const flow = () => admin.get('/flows/robot');
const newest = async () => (await flow()).versions[0];
const inForce = async () => (await flow()).versions.find((v) => v.state === 'in_force').number;
const textOf = async (number) => (await admin.get(`/flows/robot/versions/${number}`)).checked.text;

/** A draft that differs from the version in force by one piece of text. */
async function draft(what, by) {
  const { number } = await newest();
  const text = await textOf(await inForce());
  assert.ok(text.includes(what), text);
  return (await admin.post('/flows/robot/versions', { text: text.replace(what, by), based_on: number, why: '换一条路' })).version.number;
}
const act = (verb, version, at = null) => admin.post('/flows/robot/acts', { verb, version, at, why: '值班长要求' });

/** The way of a SIPp caller who presses 1. */
async function wayOfOne() {
  const citizen = await startSipp('uac_inband', {
    target: server.sip, service: '6009',
    files: { 'silence.alaw': Buffer.alloc(8000 * 2, 0xd5), 'key.alaw': keyAlaw(697, 1209, 0.2) },
  });
  try {
    const { path } = await agent.desk.inCall('talking', 40);
    await agent.say('hang_up');
    await agent.desk.inState('WrapUp');
    assert.equal(await citizen.done, 0, citizen.errors());
    await leavesNothing(server);
    return path;
  } finally {
    await citizen.stop();
  }
}

test('a published flow takes effect on the next SIP call, without a restart; one key brings the old one back', async () => {
  assert.equal(await inForce(), 1);
  assert.deepEqual(await wayOfOne(), ['greeting', 'choice', 'choice=1', 'news', 'desk']);
  await agent.fresh();
  const second = await draft(news1, news2);
  await act('publish', second);
  assert.equal(await inForce(), second);
  assert.deepEqual(await wayOfOne(), ['greeting', 'choice', 'choice=1', 'digits', 'desk']);
  await agent.fresh();
  const after = await act('roll_back', 1);
  assert.equal(after.versions[0].state, 'in_force');
  assert.deepEqual(await wayOfOne(), ['greeting', 'choice', 'choice=1', 'news', 'desk']);
});

test('who is in the flow finishes there', async () => {
  const next = await draft(news1, news2);
  const citizen = await startBaresip({ server, user: '13800001077' });
  try {
    citizen.dial('6009');
    await citizen.until('CALL_ESTABLISHED');
    await act('publish', next);
    for (const key of '24719') citizen.key(key);
    const { path } = await agent.desk.inCall('talking', 30);
    assert.deepEqual(path, ['greeting', 'choice', 'choice=2', 'digits', 'digits=4719', 'desk']);
    citizen.hangUp();
    await agent.desk.inState('WrapUp');
    await leavesNothing(server);
  } finally {
    await citizen.stop();
  }
});

test('a flow that has a fault is refused by its name, and callers hear what they heard', async () => {
  const was = await inForce();
  for (const [what, by, code] of [
    ['key 2 -> news', 'key 2 -> nowhere', 'no-such-node'],
    ['queue desk', 'queue gas', 'queue-not-there'],
    ['  barge-in no\n', '', 'notice-missed'],
    ['say outage-news', 'say no-such-prompt', 'prompt-unknown'],
    ['node news play', 'node news', 'does-not-read'],
  ]) {
    const broken = await draft(what, by);
    await assert.rejects(act('publish', broken), (e) => e.message.includes('409') && e.message.includes('flow_has_faults') && e.message.includes(code));
  }
  assert.equal(await inForce(), was);
  const facts = (await admin.get('/audit')).items.filter((r) => r.kind === 'FlowMoved');
  assert.ok(facts.some((f) => f.body.verb === 'roll_back' && f.body.why === '值班长要求'));
});

test('a simulated caller walks through a version that nobody hears yet', async () => {
  const walk = await admin.post('/flows/simulate', {
    name: 'robot', version: 1, caller: { number: '13800001077' },
    events: [{ kind: 'prompts_ended' }, { kind: 'key', key: '1' }, { kind: 'prompts_ended' }],
  });
  assert.equal(walk.outcome, 'queue');
  assert.deepEqual(walk.steps.filter((s) => s.kind === 'enter').map((s) => s.node), ['greeting', 'choice', 'news', 'desk']);
  assert.ok(walk.steps.find((s) => s.kind === 'say').prompts[0].text.length > 3, 'what the prompt says');
});

test('today’s callers are counted by node, way and key', async () => {
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const heat = await admin.get(`/flows/robot/heat?day=${day}`);
  assert.ok(heat.calls >= 4, JSON.stringify(heat));
  assert.ok(heat.ways.some((w) => w.from === 'choice' && w.to === 'news' && w.callers === 2));
  assert.ok(heat.keys.some((k) => k.node === 'choice' && k.key === '1' && k.callers === 3));
});

test('a version comes into force at its minute, also when the program was down then, and a start keeps it', async () => {
  const soon = await draft(news2, news1);
  const at = new Date(Date.now() + 1500).toISOString();
  assert.equal((await act('publish', soon, at)).line.scheduled, soon);
  await until('its minute comes', async () => (await inForce()) === soon);
  const later = await draft(news1, news2);
  await act('publish', later, new Date(Date.now() + 2000).toISOString());
  await agent.stop();
  await server.stop({ keep: true });
  const { data } = server;
  server = await startServer({ scenario: quick, data });
  admin = await signIn(server, 'admin');
  agent = await phoneSeat(server, '1001', '8001', 440);
  await until('the minute that came meanwhile', async () => (await inForce()) === later);
  assert.deepEqual(await wayOfOne(), ['greeting', 'choice', 'choice=1', 'digits', 'desk']);
});
