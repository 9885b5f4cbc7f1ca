// SPDX-License-Identifier: Apache-2.0
// Several cases at once, two that are the same, and one on paper.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);

test('cases are urged together with a result each, linked as the same, and printed', async () => {
  const server = await startServer();
  const agent = await signIn(server, '1001');
  const make = (title, more) => agent.post('/cases', { kind: 'no_heat', title, contact_number: '13800001001', address: '云汀市北桥区听松里 1 号楼', ...more });
  const [first, second] = [await make('家里不热'), await make('还是不热')];
  const settled = await agent.post('/cases', { kind: 'question', title: '几号供暖', contact_number: '13800001001', detail: '十一月一日', status: 'closed' });
  const desk = await openDesk(server, '1001');
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const context = await desk.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, 'chief', /401 .*\/api\/v1\/session$/);
    const dialog = page.locator('[role=dialog]:visible');
    await page.goto(`${server.url}/cases`);
    await page.getByLabel('登录名').fill('0101');
    await page.getByLabel('密码').fill(server.demo_password);
    await page.keyboard.press('Enter');
    for (const c of [first, settled]) await page.locator(`[data-pick="${c.id}"]`).check();
    await gallery.take(page, 'cases-picked');
    await page.locator('[data-action=bulk]').click();
    await dialog.locator('[data-field=verb]').click();
    await page.getByRole('option', { name: '督办' }).click();
    await dialog.locator('[data-action=bulk-go]').click();
    await dialog.getByText('请填原因').waitFor();
    await dialog.locator('#bulk-words').fill('三天没有动静');
    await dialog.locator('[data-action=bulk-go]').click();
    await dialog.getByText('1 件已办，1 件没有办成').waitFor();
    await dialog.locator('[data-result=failed]', { hasText: settled.number }).waitFor();
    await gallery.take(page, 'cases-bulk');
    await dialog.locator('[data-action=bulk-close]').click();
    assert.equal((await agent.get(`/cases/${first.id}/progress`)).supervised, 1);

    await page.goto(`${server.url}/cases/${first.id}`);
    await page.locator('[data-verb=link_duplicate]').click();
    await dialog.locator('#act-other').fill('0000-9999');
    await dialog.locator('[data-action=act]').click();
    await dialog.getByText('没有工单 0000-9999').waitFor();
    await dialog.locator('#act-other').fill(second.number);
    await dialog.locator('[data-action=act]').click();
    await page.locator('[data-part=duplicates]').waitFor();
    assert.deepEqual((await agent.get(`/cases/${second.id}/progress`)).duplicates, [{ id: first.id, number: first.number }], 'both know it');

    await page.goto(`${server.url}/cases/${first.id}/print`);
    await page.locator('[data-part=history]').waitFor();
    assert.equal(await page.locator('nav, .frame').count(), 0, 'nothing of the application');
    for (const text of [first.number, '三天没有动静']) await page.getByText(text).first().waitFor();
    await gallery.take(page, 'case-print');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('[data-action=print-now]').isVisible(), false);
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await desk.close();
    await server.stop();
  }
});
