// SPDX-License-Identifier: Apache-2.0
// A citizen rings, an agent answers: dial → robot → queue → Chromium answers → recording → case → kpi.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { loudest, readWav, tone } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const citizenHz = 700;
// Not a note of the waiting music, and steady, which speech is not.
const agentHz = 1330;
const heardAtLeast = 0.02;
const crosstalkAtMost = 0.006;

test('a citizen dials 6000, presses nothing and is answered by an agent in a browser', async (t) => {
  const server = await startServer();
  const api = await signIn(server, '0102');
  const desk = await openDesk(server, '1001', { toneHz: agentHz });
  const phone = await startBaresip({ server, toneHz: citizenHz, user: '13800001001' });
  try {
    await desk.ready();
    phone.dial('6000');
    await phone.until('CALL_ESTABLISHED');
    await desk.inState('Alerted', 40);
    await desk.shot('desk-ringing');
    assert.match(await desk.page.locator('body').innerText(), /周|13800001001|138\*{4}1001/, 'the pop tells who rings, before answering');
    await desk.press('answer');
    await desk.inState('Busy');
    await desk.hears(citizenHz);
    // The last seconds hold the agent alone: 工号…为您服务 is over.
    await until('the citizen hears the agent and nobody else', () => {
      const heard = phone.heard();
      if (!heard) return false;
      const last = heard.channels[0].subarray(-heard.rate * 4);
      return tone(last, agentHz, heard.rate) > heardAtLeast && loudest(last, citizenHz, heard.rate) < crosstalkAtMost;
    }, { seconds: 40 });
    await desk.shot('desk-in-call');

    await t.test('a case is saved during the call and its number is told', async () => {
      await desk.page.getByPlaceholder('小区、楼号、单元、房号').fill('听松里 12 号楼 3 单元 501');
      await desk.page.getByPlaceholder('市民说的情况：哪里、多久、要什么').fill('客厅和两间卧室都不热，阀门全开。');
      await desk.page.locator('.el-select').first().click();
      await desk.page.locator('.el-select-dropdown__item:visible').first().click();
      await desk.press('submit_case');
      await until('the case is there', async () => (await api.get('/cases')).items.length === 1);
      await desk.shot('desk-case-saved');
    });

    await desk.press('hang_up');
    await desk.inState('WrapUp');
    await phone.until('CALL_CLOSED');
    const call = await until('the call record is there', async () => (await api.get('/calls')).items[0], { seconds: 10 });
    assert.equal(call.cause, 'completed');
    assert.equal(call.caller, '138****1001', 'the supervisor did not talk with them');
    assert.ok(call.talked_ms > 500);

    await t.test('the recording holds both sides, left and right, without crosstalk', async () => {
      const wav = await until('the recording is on disk', () => {
        const found = fs.readdirSync(path.join(server.data, 'db/recordings'), { recursive: true }).find((f) => f.endsWith('.wav'));
        return found && path.join(server.data, 'db/recordings', found);
      });
      const facts = await until('the recording is closed', async () => {
        const list = (await api.get(`/calls/${call.id}/facts`)).items;
        return list.find((f) => f.kind === 'RecordingClosed') && list;
      });
      assert.equal(facts.find((f) => f.kind === 'RecordingClosed').body.outcome, 'complete');
      const { rate, channels: [left, right] } = readWav(wav);
      assert.ok(loudest(left, citizenHz, rate) > 0.05, 'the citizen is on the left');
      assert.ok(loudest(right.subarray(-rate * 6), agentHz, rate) > heardAtLeast, 'the agent is on the right');
      assert.ok(loudest(left.subarray(-rate * 3), agentHz, rate) < crosstalkAtMost, 'no agent on the left');
      assert.ok(loudest(right.subarray(-rate * 3), citizenHz, rate) < crosstalkAtMost, 'no citizen on the right');
      const seconds = left.length / rate;
      const [answered, ended] = ['CallAnswered', 'CallEnded'].map((k) => Date.parse(facts.find((f) => f.kind === k).at));
      assert.ok(Math.abs(seconds - (ended - answered) / 1000) < 0.5, `${seconds} s recorded of ${(ended - answered) / 1000} s`);
    });

    await t.test('kpi from facts equals what the live page counted', async () => {
      const live = await api.get(`/kpi?from=${new Date(Date.now() - 3600e3).toISOString()}&to=${new Date(Date.now() + 3600e3).toISOString()}`);
      const told = server.run('kpi', '--from', new Date(Date.now() - 3600e3).toISOString(), '--to', new Date(Date.now() + 3600e3).toISOString());
      assert.deepEqual(told.centres, live.centres);
      assert.equal(told.centres[0].calls.answered, 1);
      assert.equal(told.centres[0].calls.connect_rate, 1);
    });

    await desk.page.locator('.wrap-up .el-select').click();
    await desk.page.getByText('已建工单', { exact: true }).last().click();
    await desk.press('wrap_up_done');
    await desk.inState('Ready');
    assert.deepEqual(desk.faults, []);
  } finally {
    await phone.stop();
    await desk.close();
    await server.stop();
  }
});
