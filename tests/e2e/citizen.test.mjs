// SPDX-License-Identifier: Apache-2.0
// The citizen's page of a case, from the code that the desk reads out to a second handling, the end and after it.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const wrongCode = '工单号或查询码不对，请再核对一次';

/** What a citizen does on the page: no more than they can see. */
function citizenAt(page) {
  const open = (what) => page.locator(`[data-action=${what}]`).click();
  const stands = (now) => page.locator(`[data-now=${now}]`).waitFor();
  return {
    open, stands,
    reads: (words) => page.getByText(words).first().waitFor(),
    isWith: (unit) => page.locator('[data-now] dd').first().getByText(unit, { exact: true }).waitFor(),
    async enters(number, code) {
      await page.getByLabel('工单号').fill(number);
      await page.getByLabel('查询码').fill(code);
      await open('enter');
    },
    async writes(what, words, now) {
      await open(what);
      await page.locator('#case-words').fill(words);
      await open('send');
      await stands(now);
    },
    async confirms(solved, satisfied, now) {
      await open('confirm');
      await page.getByLabel(solved, { exact: true }).check();
      await page.getByLabel(satisfied, { exact: true }).check();
      await open('send');
      await stands(now);
    },
    async looksAgain(now) {
      await page.reload();
      await stands(now);
    },
  };
}

test('a citizen follows a case by its code, urges, is heard twice, ends it and opens it again', async () => {
  const server = await startServer();
  const agent = await signIn(server, '1001');
  const station = await signIn(server, '0201');
  const company = await signIn(server, '0211');
  const made = await agent.post('/cases', {
    kind: 'no_heat', title: '家里不热', contact_number: '13800001001',
    address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好'],
  });
  const act = (person, body) => person.post(`/cases/${made.id}/acts`, body);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, 'citizen', /401 .*\/citizen\/passes$/);
    const citizen = citizenAt(page);
    const theCase = async () => {
      const headers = { 'x-case-pass': new URL(page.url()).hash.slice(1) };
      return (await fetch(`${server.url}/api/v1/citizen/case`, { headers })).json();
    };

    const { number, code } = await agent.post(`/cases/${made.id}/code`);
    assert.equal(number, made.number);
    assert.match(code, /^\d{6}$/);
    await page.goto(`${server.url}/case.html`);
    await citizen.enters(number, String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
    await page.getByRole('alert').getByText(wrongCode, { exact: true }).waitFor();
    await gallery.take(page, 'citizen-enter', { zoom: true });
    await citizen.enters('20000101-9999', code);
    await page.getByRole('alert').getByText(wrongCode, { exact: true }).waitFor();
    await citizen.enters(number, code);
    await citizen.stands('waits_for_unit');
    await citizen.isWith('热线中心'); // nobody else has it before it is accepted
    await page.locator('[data-event=dispatch]').getByText('已派给北桥供热站').waitFor();
    const promised = (await theCase()).until;
    assert.match(await page.locator('[data-until]').innerText(), /\d\d:\d\d 前办好$/);

    await citizen.writes('urge', '老人怕冷', 'waits_for_unit');
    await citizen.reads('已催办，承办单位马上会看到');
    await citizen.reads(/您已催办 1 次，.*后可以再催/);
    assert.equal(await page.locator('[data-action=urge]').count(), 0);
    await gallery.take(page, 'citizen-case', { zoom: true });
    await page.locator('[data-action=photos]').setInputFiles({ name: '温度计.png', mimeType: 'image/png', buffer: await page.screenshot() });
    await page.locator('[data-photo] img').waitFor();
    await page.locator('[data-action=photos]').setInputFiles({ name: '记录.txt', mimeType: 'text/plain', buffer: Buffer.from('15 度') });
    await citizen.reads(/记录\.txt 没有传上：照片需为 JPG 或 PNG/);
    await page.locator('[data-part=photos]').scrollIntoViewIfNeeded();
    await gallery.take(page, 'citizen-photos', { zoom: true });
    assert.equal((await agent.get(`/cases/${made.id}/evidence`)).items.length, 1);
    await page.locator('[data-part=seen] summary').click();
    await page.locator('[data-part=seen] li', { hasText: '坐席 1001' }).getByText('读了查询码').waitFor();

    await act(station, { verb: 'accept' });
    await act(station, { verb: 'begin' });
    await citizen.looksAgain('being_handled');
    await citizen.isWith('北桥供热站');
    await act(station, { verb: 'reply', answers: { 1: '阀门已修好，室温 20 度。' } });
    await act(agent, { verb: 'tell_citizen', channel: 'voice' });
    await citizen.looksAgain('asks_you');
    await citizen.reads('阀门已修好，室温 20 度。');
    await citizen.open('elder');
    await gallery.take(page, 'citizen-elder', { zoom: true });
    await citizen.open('confirm');
    await citizen.open('send');
    await citizen.reads('请先选解决了没有');
    await gallery.take(page, 'citizen-elder-confirm', { zoom: true });
    await citizen.open('leave');
    await citizen.open('elder');

    await citizen.confirms('解决了', '不满意', 'handled_again');
    const again = await agent.get(`/cases/${made.id}/progress`);
    assert.equal(again.state, 'second_handling');
    assert.equal(again.responsible.name, '城北供热公司');
    await citizen.isWith('城北供热公司');
    await act(company, { verb: 'reply', answers: { 1: '换了主阀，已当面道歉。' } });
    await act(agent, { verb: 'tell_citizen', channel: 'voice' });
    await citizen.looksAgain('asks_you');
    await citizen.confirms('解决了', '满意', 'closed');
    assert.equal((await agent.get(`/cases/${made.id}`)).status, 'closed');
    await gallery.take(page, 'citizen-closed');

    await citizen.writes('reopen', '夜里又不热了', 'handled_again');
    await citizen.reads('已重新办理，时限接着算');
    const reopened = await theCase();
    const rested = Date.parse(reopened.until) - Date.parse(promised);
    assert.ok(rested >= 0 && rested < 600_000, `promised ${promised}, now ${reopened.until}`);
    assert.ok(reopened.account.some((s) => s.note === 'over' && !s.counts), JSON.stringify(reopened.account));
    assert.equal((await agent.get(`/cases/${made.id}`)).status, 'open');
    await gallery.take(page, 'citizen-reopened', { zoom: true });
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
    if (kept) gallery.shrink();
  } finally {
    await browser.close();
    await server.stop();
  }
});
