// SPDX-License-Identifier: Apache-2.0
// A station's own page: what came to it, the clocks and how they are counted, and the reply to each demand.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);

test('a station accepts a case, sees how its time is counted and replies to every demand', async () => {
  const server = await startServer();
  const agent = await signIn(server, '1001');
  const made = await agent.post('/cases', {
    kind: 'no_heat', title: '家里不热', contact_number: '13800001001',
    address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好', '退不热这几天的费'],
  });
  const desk = await openDesk(server, '1001');
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const context = await desk.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, 'station', /401 .*\/api\/v1\/session$/);
    const dialog = page.locator('[role=dialog]:visible');
    const state = (word) => page.locator('[data-state]', { hasText: word }).waitFor();

    await page.goto(server.url);
    await page.getByLabel('登录名').fill('0201');
    await page.getByLabel('密码').fill(server.demo_password);
    await page.keyboard.press('Enter');
    await page.locator('tbody tr', { hasText: made.number }).click();
    await state('待签收');
    await page.getByText('依据“听松里报修归北桥供热站”').waitFor();
    await page.locator('[data-verb=accept]').click();
    await state('已签收');
    await page.locator('[data-verb=begin]').click();
    await state('处理中');
    await gallery.take(page, 'case-handling');

    await page.locator('[data-clock=close]').click();
    await dialog.getByText('连续计时').waitFor();
    await gallery.take(page, 'case-clock');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await page.locator('[data-verb=reply]').click();
    await dialog.getByLabel('把暖气修好').fill('阀门已修好，室温 20 度。');
    await dialog.locator('[data-action=act]').click();
    await dialog.getByText('请填对这一条的答复').waitFor();
    await gallery.take(page, 'case-reply');
    await dialog.getByLabel('退不热这几天的费').fill('不热的三天按天退费。');
    await dialog.locator('[data-action=act]').click();
    await state('待告知');
    assert.equal((await agent.get(`/cases/${made.id}/progress`)).demands[1].answer, '不热的三天按天退费。');
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await desk.close();
    await server.stop();
  }
});
