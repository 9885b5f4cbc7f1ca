// SPDX-License-Identifier: Apache-2.0
// An article written as one document: its typed parts come back as parts, hostile pastes come in as text, and nothing
// that a citizen or the desk loads first has grown by the editor.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const matter = 'heating_not_warm';
let server, browser, gallery, writer, page, id;

before(async () => {
  server = await startServer();
  writer = await signIn(server, '0410');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
  page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, '0410', /401 .*\/session$/);
  await page.goto(server.url);
  await page.getByLabel('登录名').fill('0410');
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
});
after(async () => {
  if (kept) gallery?.shrink();
  await browser?.close();
  await server?.stop();
});
const nothingWrong = () => assert.deepEqual(gallery.faults.splice(0), [], `the pictures are in ${gallery.folder}`);
const hole = (name) => page.locator(`[data-node=${name}] .hole`);
/** As a browser hands over what was copied elsewhere. */
const paste = (html, text) =>
  page.evaluate(([html, text]) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', text);
    document.querySelector('[data-field=document]').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [html, text]);
const content = async () => (await writer.get(`/articles/${id}`)).versions[0].content;

test('typed parts are written as nodes and stored as what they are', async () => {
  await page.goto(`${server.url}/knowledge/new?matter=${matter}`);
  await page.locator('[data-field=title]').fill('文档里写的一条');
  await hole('statement').click();
  await page.keyboard.type('四小时内联系。');
  await page.keyboard.press('Enter');
  await hole('agent_text').click();
  await page.keyboard.type('先问楼层。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('再看阀门。');
  await page.locator('[data-add-part=materials]').click();
  await page.keyboard.type('户号');
  await page.keyboard.press('Enter');
  await page.keyboard.type('身份证');
  await page.locator('[data-add-part=steps]').click();
  await page.keyboard.type('报修');
  await page.locator('[data-add-part=regions]').click();
  await page.keyboard.type('城关区');
  await page.locator('[data-add-part=valid_until]').click();
  await page.keyboard.type('2027-12-31 18:00');
  await page.locator('[data-add-part=transfer]').click();
  await page.keyboard.type('12345');
  await gallery.take(page, 'knowledge-document');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/\/knowledge\/\d+\/write$/);
  id = page.url().match(/knowledge\/(\d+)/)[1];
  const stored = await content();
  assert.deepEqual([stored.statement, stored.texts.agent, stored.materials, stored.steps, stored.regions, stored.transfer],
    ['四小时内联系。', '先问楼层。\n再看阀门。', ['户号', '身份证'], ['报修'], ['城关区'], '12345']);
  assert.ok(Date.parse(stored.valid_until) > Date.parse('2027-12-30'));
  await page.reload();
  await hole('steps').waitFor();
  assert.equal(await hole('statement').innerText(), '四小时内联系。');
  await page.locator('[data-remove-part=regions]').click();
  assert.equal(await hole('regions').count(), 0);
  await page.locator('[data-action=undo-typing]').click();
  await hole('regions').waitFor();
  await page.locator('[data-view=form]').click();
  assert.deepEqual(await page.locator('[data-list-editor=materials] input').evaluateAll((all) => all.map((e) => e.value)), ['户号', '身份证'], 'the fields hold the same');
  await page.locator('[data-view=document]').click();
  await hole('steps').waitFor();
  nothingWrong();
});

test('a paste from Word becomes items and lines, and a hostile one only text', async () => {
  await hole('materials').locator('li').last().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await paste('<p class=MsoListParagraph style="mso-list:l0 level1 lfo1">1、缴费凭证</p><ul><li>房产证</li></ul>', '1、缴费凭证');
  await until('the items stand in the list', async () => (await hole('materials').locator('li').allInnerTexts()).join() === '户号,身份证,缴费凭证,房产证');
  const hostile = [
    '<p>好一<script>window.ysHurt=1</script></p>', '<p onclick="window.ysHurt=1" style="background:url(javascript:1)">好二<img src=x onerror="window.ysHurt=1"></p>',
    '<a href="javascript:window.ysHurt=1">好三</a><iframe srcdoc="<script>parent.ysHurt=1</script>"></iframe>',
    '<svg onload="window.ysHurt=1"><foreignObject>x</foreignObject></svg><p>好四</p>', '<math><mtext><style><img src=x onerror=window.ysHurt=1></style></mtext></math><p>好五</p>',
    '<div data-pm-slice="1 1 []"><section data-node="statement"><p>好六<img src=x onerror=window.ysHurt=1></p></section></div>',
  ];
  await hole('citizen_text').click();
  for (const [i, html] of hostile.entries()) {
    await paste(html, 'javascript:1');
    await until(`paste ${i + 1} is there`, async () => (await hole('citizen_text').innerText()).includes(`好${'一二三四五六'[i]}`));
    await page.keyboard.press('Enter');
  }
  await page.locator('[data-part=pasted]').waitFor();
  assert.equal(await page.locator('[data-field=document] :is(img, script, iframe, svg, math, a, style, [onclick], [onerror], [style*=url])').count(), 0);
  await gallery.take(page, 'knowledge-document-paste');
  await page.keyboard.press('Control+s');
  await until('it is stored', async () => (await content()).texts.citizen.includes('好六'));
  const stored = JSON.stringify(await content());
  for (const sign of ['<script', 'onerror', 'onclick', 'javascript:', 'style=', '<img', '<iframe']) assert.equal(stored.includes(sign), false, sign);
  assert.equal(await page.evaluate(() => window.ysHurt), undefined);
  nothingWrong();
});

test('who does not write loads nothing of the editor', async () => {
  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  const scripts = [];
  other.on('request', (request) => { if (request.resourceType() === 'script') scripts.push(request.url()); });
  for (const at of ['/', '/ask.html', '/chat.html', '/list.html']) await other.goto(`${server.url}${at}`).then(() => other.waitForLoadState('networkidle'));
  assert.ok(scripts.length > 0);
  assert.equal(scripts.some((url) => /ArticleDocument/.test(url)), false, scripts.join('\n'));
  await other.context().close();
});
