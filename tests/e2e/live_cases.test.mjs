// SPDX-License-Identifier: Apache-2.0
// Figures of cases on the live page: today's and this month's, per centre, with how each is counted.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);

test('the live page shows the figures of cases as the journal counts them, and says how', async () => {
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const agent = await signIn(server, '1001');
    const file = (more) => agent.post('/cases', { kind: 'question', title: '几号供暖', contact_number: '13800001001', detail: '十一月一日', ...more });
    await file({ status: 'closed' });
    await file({ kind: 'no_heat', title: '家里不热', address: '云汀市北桥区听松里 1 号楼' });
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(60_000);
    gallery.watch(page, 'chief', /401 .*\/api\/v1\/session$/);
    await page.goto(`${server.url}/floor`);
    await page.getByLabel('登录名').fill('0101');
    await page.getByLabel('密码').fill(server.demo_password);
    await page.keyboard.press('Enter');
    const closing = page.locator('[data-case-centre] [data-figure=closing_rate]');
    await closing.waitFor();
    assert.match(await closing.innerText(), /^50\.0%\s*1 \/ 2$/);
    await page.locator('[data-span=month]').click();
    await page.locator('[data-span=month][aria-pressed=true]').waitFor();
    assert.match(await closing.innerText(), /^50\.0%\s*1 \/ 2$/);
    await page.locator('[data-part=formulas] summary').click();
    assert.equal(await page.locator('[data-part=formulas] dd').count(), 9);
    await page.locator('[data-part=case-figures]').scrollIntoViewIfNeeded();
    await gallery.take(page, 'floor-cases');
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await browser.close();
    await server.stop();
  }
});
