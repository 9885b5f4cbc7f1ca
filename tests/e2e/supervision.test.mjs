// SPDX-License-Identifier: Apache-2.0
// A supervisor listens, whispers, barges in and takes over: each reaches exactly who it should.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { loudest } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { clear, factsWith, hears, phoneSeat, silent, talk } from './lib/seat.mjs';
import { quick, signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const citizenHz = 700;
const agentHz = 440;
const chiefHz = 930;
let server, agent, chief, citizen, admin;

before(async () => {
  server = await startServer({ scenario: quick });
  agent = await phoneSeat(server, '1001', '8001', agentHz);
  chief = await phoneSeat(server, '0101', '8002', chiefHz, { ready: false });
  citizen = await startBaresip({ server, toneHz: citizenHz });
  admin = await signIn(server, 'admin');
});
after(async () => {
  await citizen?.stop();
  await agent?.stop();
  await chief?.stop();
  await server?.stop();
});

const watch = (mode, reason) => chief.say('monitor', { agent: agent.id, mode, reason });

async function audited(action, reason) {
  const row = await until(`${action} is in the audit`, async () => (await admin.get('/audit')).items
    .find((r) => r.kind === 'SupervisorActed' && r.body.action === action && r.body.reason === reason));
  assert.equal(row.user_name, '顾南乔');
  assert.equal(row.agent_id, agent.id);
}

test('listening, whispering and barging in reach exactly who they should', async () => {
  const call = await talk(citizen, agent, citizenHz, [chiefHz]);

  await watch('listen', '新人抽听');
  await hears(chief.phone, [citizenHz, agentHz], [chiefHz]);
  await hears(citizen, [agentHz], [chiefHz]);
  await hears(agent.phone, [citizenHz], [chiefHz]);
  await audited('listen', '新人抽听');

  await watch('whisper', '提示退费口径');
  await hears(agent.phone, [citizenHz, chiefHz], [agentHz]);
  await hears(citizen, [agentHz], [chiefHz]);
  await hears(chief.phone, [citizenHz, agentHz], [chiefHz]);
  await audited('whisper', '提示退费口径');

  citizen.hangUp();
  await agent.desk.inState('WrapUp');
  const { left, right, rate } = await recordingOf(server, chief.desk.api, call);
  assert.ok(loudest(left, chiefHz, rate) < silent && loudest(right, chiefHz, rate) < silent, 'a whisper is not in the citizen’s file');
  await leavesNothing(server);

  await agent.fresh();
  const next = await talk(citizen, agent, citizenHz, [chiefHz]);
  await watch('barge', '市民情绪激动');
  await hears(citizen, [agentHz, chiefHz], [citizenHz]);
  await hears(agent.phone, [citizenHz, chiefHz], [agentHz]);
  await hears(chief.phone, [citizenHz, agentHz], [chiefHz]);
  await audited('barge', '市民情绪激动');
  await chief.say('stop_monitor');
  await hears(citizen, [agentHz], [chiefHz]);
  await audited('stop', '');
  citizen.hangUp();
  await agent.desk.inState('WrapUp');
  const barged = await recordingOf(server, chief.desk.api, next);
  assert.ok(loudest(barged.right, chiefHz, barged.rate) > clear, 'who barged in is recorded');
  await leavesNothing(server);
});

test('a supervisor reads why a seat has its call, in the language of the page', async () => {
  await agent.fresh();
  await talk(citizen, agent, citizenHz);
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
    await page.locator(`[data-seat="${agent.id}"]`).click();
    const why = page.locator('[data-why]');
    await why.getByText(/空闲最久：已空闲 \d+ 秒/).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await why.getByText(/Idle longest: \d+ s/).waitFor();
    assert.doesNotMatch(await why.innerText(), /\p{Script=Han}/u, 'English is English');
    citizen.hangUp();
    await agent.desk.inState('WrapUp');
    await why.waitFor({ state: 'detached' });
  } finally {
    await browser.close();
  }
});

test('a supervisor takes a call over; the agent is out of it', async () => {
  await agent.fresh();
  const call = await talk(citizen, agent, citizenHz);
  await chief.say('take_over', { agent: agent.id, reason: '接手投诉' });
  await agent.desk.inState('WrapUp');
  await hears(citizen, [chiefHz], [agentHz, citizenHz]);
  await hears(chief.phone, [citizenHz], [chiefHz, agentHz]);
  await audited('take_over', '接手投诉');
  citizen.hangUp();
  await factsWith(chief.desk.api, call, 'CallEnded');
  await leavesNothing(server);
});

test('a supervisor forces a state, and only with a reason; an agent may do none of it', async () => {
  await agent.fresh();
  await assert.rejects(chief.say('force_state', { agent: agent.id, to: 'break', reason: '' }), { code: 'reason_needed' });
  await assert.rejects(chief.say('monitor', { agent: agent.id, mode: 'listen' }), { code: 'reason_needed' });
  await chief.say('force_state', { agent: agent.id, to: 'break', reason: '交接班' });
  await agent.desk.inState('Break');
  await audited('force_state', '交接班');
  const other = await openDeskSocket(server, '1002');
  for (const [name, args] of [['monitor', { mode: 'listen' }], ['take_over', {}], ['force_state', { to: 'break' }]])
    await assert.rejects(other.say(name, { agent: agent.id, reason: '试试', ...args }), (e) => ['not_allowed', 'not_found', 'forbidden'].includes(e.code));
  other.close();
  await leavesNothing(server);
});
