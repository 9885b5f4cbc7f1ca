// SPDX-License-Identifier: Apache-2.0
// 回访: who is to be asked, rung by one click, and two questions answered apart.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { dayAndNight } from './lib/day_and_night.mjs';
import { openDesk } from './lib/desk.mjs';
import { Gallery } from './lib/screen.mjs';
import { masked } from './lib/seat.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { freeUdpPort, startSipp } from './lib/sipp.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const phone = '13800001097';

test('an answered case and a closed one are asked about, one by telephone', { timeout: 240_000 }, async () => {
  const port = await freeUdpPort();
  const scenario = dayAndNight();
  const config = path.join(tempFolder('config'), 'serve.toml');
  fs.writeFileSync(config, `[[trunk]]\nname = "carrier"\nhost = "127.0.0.1"\nport = ${port}\nsources = ["127.0.0.1"]\n`);
  const server = await startServer({ scenario, args: ['--config', config] });
  const agent = await signIn(server, '1001'), boss = await signIn(server, '0101'), station = await signIn(server, '0201');
  const save = (more) => agent.post('/cases', {
    kind: 'no_heat', title: '家里不热', contact_number: phone,
    address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好'], ...more,
  });
  const answered = await save({});
  const act = (person, body) => person.post(`/cases/${answered.id}/acts`, body);
  await act(station, { verb: 'accept' });
  await act(station, { verb: 'reply', answers: { 1: '阀门已修好' } });
  await act(agent, { verb: 'tell_citizen', channel: 'voice' });
  const closed = await save({ status: 'closed', contact_number: '13800001096' });
  const ids = async () => (await boss.get('/follow-ups')).items.map((f) => f.id);
  assert.deepEqual(await ids(), [answered.id, closed.id]);

  const citizen = await startSipp('uas_answer', { port, args: ['-rtp_echo'] });
  const desk = await openDesk(server, '1001');
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const { page } = desk;
    gallery.watch(page, 'follow-ups');
    await desk.ready();
    await page.locator('a[href="/follow-ups"]').first().click();
    const row = (id) => page.locator(`[data-follow-up="${id}"]`);
    await row(answered.id).getByText('已答复，等市民回话').waitFor();
    assert.ok(!(await page.locator('table').innerText()).includes(phone), 'numbers are masked in the list');
    await gallery.take(page, 'follow-ups');

    await row(answered.id).locator('[data-action=ring]').click();
    await page.getByText(`正在拨 ${phone}`).first().waitFor();
    await desk.inState('Busy');
    await page.getByText('通话中').first().waitFor();
    await desk.press('hang_up');
    const call = await until('the call out', async () => (await boss.get('/calls')).items.find((c) => c.dialled === masked(phone)));
    assert.ok(call.connected_at, 'they talked');
    await page.locator('a[href="/follow-ups"]').first().click();

    await row(answered.id).locator('[data-action=record]').click();
    await page.locator('[data-action=keep]').click();
    await page.getByText('先选解决了没有').waitFor();
    await page.locator('[data-solved=unreached]').check();
    await page.locator('[data-action=keep]').click();
    await row(answered.id).locator('[data-attempts]', { hasText: '1' }).waitFor();

    await row(answered.id).locator('[data-action=record]').click();
    await page.locator('[data-solved=yes]').check();
    await page.locator('[data-satisfied=yes]').check();
    await gallery.take(page, 'follow-up-answer');
    await page.locator('[data-action=keep]').click();
    await row(answered.id).waitFor({ state: 'detached' });
    assert.equal((await agent.get(`/cases/${answered.id}/progress`)).state, 'closed');

    await row(closed.id).locator('[data-action=record]').click();
    await page.locator('[data-solved=no]').check();
    await page.locator('[data-action=keep]').click();
    await row(closed.id).waitFor({ state: 'detached' });
    assert.equal((await agent.get(`/cases/${closed.id}`)).status, 'open', 'what is not solved is opened again');
    assert.deepEqual(await ids(), []);
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await citizen.stop();
    await desk.close();
    await server.stop();
    fs.rmSync(path.dirname(scenario), { recursive: true, force: true });
  }
});
