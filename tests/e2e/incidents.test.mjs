// SPDX-License-Identifier: Apache-2.0
// A mass incident: ten people of one street call, one click, and only callers of that street hear of it.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { factsWith } from './lib/seat.mjs';
import { ring } from './lib/udp_caller.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const street = '云汀市北桥区听松里', words = '管道已修复，暖气正在恢复。';
const lives = '13800001001', livesElsewhere = '13800001003'; // 听松里 and 观澜苑 in the demo.

/** @returns what the announcement's facts of this caller's call are */
async function heard(server, chief, user) {
  const known = new Set((await chief.get(`/calls?q=${user}`)).items.map((c) => c.id));
  const caller = await ring(server, { user });
  await until('the call is up', () => caller.call.state === 'up');
  caller.hangUp();
  await caller.ended;
  const row = await until('the call is on the list', async () => (await chief.get(`/calls?q=${user}`)).items.find((c) => !known.has(c.id)));
  return (await factsWith(chief, row.id, 'CallEnded')).filter((f) => f.kind === 'EmergencyHeard').length;
}

test('ten cases of one street are one incident, heard there only, and everybody is answered', async () => {
  const server = await startServer();
  const agent = await signIn(server, '1001');
  const chief = await signIn(server, '0101');
  const desk = await openDesk(server, '1001');
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const made = [];
    for (let i = 0; i < 12; i += 1)
      made.push(await agent.post('/cases', { kind: 'no_heat', title: '家里不热', contact_number: `139000011${10 + i}`, address: `${street} ${i + 1} 号楼` }));
    await agent.post('/cases', { kind: 'report', title: '举报', contact_number: '13900001199', address: street });

    const context = await desk.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, 'chief', /401 .*\/api\/v1\/session$/);
    const dialog = page.locator('[role=dialog]:visible');
    await page.goto(`${server.url}/incidents`);
    await page.getByLabel('登录名').fill('0101');
    await page.getByLabel('密码').fill(server.demo_password);
    await page.keyboard.press('Enter');
    await page.locator('[data-incident][data-state=proposed]').waitFor();
    assert.equal(await page.locator('[data-count=people]').innerText(), '12 人');
    await page.getByText('12 个不同的人').waitFor();
    await gallery.take(page, 'incident-proposed');

    await page.locator('[data-action=open]').click();
    assert.equal(await dialog.locator('#incident-areas').inputValue(), '听松里');
    await dialog.locator('#incident-areas').fill('');
    await dialog.locator('[data-action=decide]').click();
    await dialog.getByText('请至少写一处住址').waitFor();
    await dialog.locator('#incident-areas').fill('听松里');
    await gallery.take(page, 'incident-open');
    await dialog.locator('[data-action=decide]').click();
    await page.locator('[data-announced=in_force]').waitFor();
    assert.equal(await heard(server, chief, lives), 1);
    assert.equal(await heard(server, chief, livesElsewhere), 0);

    const late = await agent.post('/cases', { kind: 'no_heat', title: '也不热', contact_number: '13900001150', address: street });
    await page.locator('[data-count=people]', { hasText: '13 人' }).waitFor();
    await page.locator('[data-action=members]').click();
    await page.locator('[data-list=members]').getByText(late.number).waitFor();
    await gallery.take(page, 'incident-members');

    await page.locator('[data-action=close]').click();
    await dialog.locator('#incident-words').fill(words);
    await dialog.locator('[data-action=decide]').click();
    await dialog.waitFor({ state: 'detached' });
    const { items: [incident] } = await until('everybody is told', async () => {
      const all = await chief.get('/incidents');
      return all.items[0].told === 13 && all.items[0].announced === 'ended' && all;
    });
    for (const one of [...made, late]) {
      const progress = await agent.get(`/cases/${one.id}/progress`);
      assert.equal(progress.state, 'awaiting_confirmation', 'only the citizen ends it');
      assert.equal(progress.demands[0].answer, words);
    }
    assert.equal((await agent.get(`/cases/${incident.parent_id}`)).status, 'closed');
    assert.equal(await heard(server, chief, lives), 0);
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await desk.close();
    await server.stop();
  }
});
