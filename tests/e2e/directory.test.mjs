// SPDX-License-Identifier: Apache-2.0
// The official numbers, said once: signed so that openssl says so, changed by an editor and put in force by somebody else, and then
// the same in the API, on the citizen's page, in vCards and for the command that finds an old page wrong.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { binary, root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const folder = tempFolder('directory');
const data = tempFolder('directory-data');
let server, browser, gallery;
before(async () => {
  server = await startServer({ scenario: 'certificates', data });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  gallery = new Gallery(kept ?? tempFolder('screens'));
}, { timeout: 300_000 });
after(async () => {
  await browser?.close();
  await server?.stop();
});

const said = async (what = '') => {
  const answer = await fetch(`${server.url}/api/v1/citizen/directory${what}`);
  assert.equal(answer.status, 200);
  return answer;
};
const write = (name, bytes) => {
  fs.writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
};
async function pageOf(login, expected = /^$/) {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, login, new RegExp(`401 .*/session$|${expected.source}`));
  await page.goto(`${server.url}/knowledge/directory`);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('[data-part=in-force]').waitFor();
  return page;
}

test('what is published is signed, and one changed letter is found out', async () => {
  const now = await (await said()).json();
  assert.equal(now.entries[0].number, '6300');
  const answer = await said('.json');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const signature = write('signature', Buffer.from(answer.headers.get('x-directory-signature'), 'hex'));
  const key = write('key.pem', now.key_pem);
  const verify = (text) => spawnSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', write('document', text), '-sigfile', signature]);
  assert.equal(verify(bytes).status, 0, 'openssl takes the signature');
  assert.notEqual(verify(Buffer.from(bytes.toString().replace('6300', '6309'))).status, 0);
  assert.match(await (await said('.vcf')).text(), /BEGIN:VCARD[\s\S]*6300/);
  assert.match(await (await said('.jsonld')).text(), /schema\.org/);
});

test('an editor writes, somebody else publishes, and every place says the new number', { timeout: 300_000 }, async () => {
  const editor = await pageOf('0410', /422 .*\/directory$/);
  await gallery.take(editor, 'directory');
  await editor.locator('[data-action=edit]').click();
  await editor.locator('[data-field="0.number"]').fill('打电话');
  await editor.locator('[data-field=why]').fill('换了号码');
  await editor.locator('[data-action=save]').click();
  await editor.locator('[data-fault="0.number"]').waitFor();
  await gallery.take(editor, 'directory-write');
  await editor.setViewportSize({ width: 1366, height: 768 });
  await editor.locator('[data-field="0.number"]').fill('0931-8700100');
  await editor.locator('[data-action=save]').click();
  await editor.locator('[data-part=draft]').waitFor();
  assert.equal((await (await said()).json()).entries[0].number, '6300', 'a draft is nobody else\'s business');

  const chief = await pageOf('admin');
  await chief.locator('[data-part=draft] [data-field=why]').fill('核对过了');
  await chief.locator('[data-action=publish]').click();
  await until('the new number is in force', async () => (await (await said()).json()).entries[0].number === '0931-8700100');
  await chief.locator('[data-part=draft]').waitFor({ state: 'detached' });

  const citizen = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage();
  gallery.watch(citizen, 'citizen', /^$/);
  await citizen.goto(`${server.url}/ask.html`);
  await citizen.locator('[data-number="09318700100"]').waitFor();
  await gallery.take(citizen, 'directory-citizen');
  assert.match(await (await said('.vcf')).text(), /09318700100/);

  await editor.reload();
  await editor.locator('[data-field=text]').fill('<p>服务热线：<a href="tel:6300">6300</a>，投诉电话 0931-2345678</p>');
  await editor.locator('[data-action=check]').click();
  await editor.locator('[data-difference=foreign]', { hasText: '：0931-2345678' }).waitFor();
  await gallery.take(editor, 'directory-check');
});

test('the command finds an old page wrong, and a right one right', async () => {
  const check = (text, ...more) => spawnSync(binary, ['directory', 'check', write('page.html', text), ...more, '--data', path.join(data, 'db')], { encoding: 'utf8' });
  const wrong = check('<p>投诉电话 0931-2345678</p>');
  assert.equal(wrong.status, 3, wrong.stderr);
  assert.match(wrong.stdout, /foreign "0931-2345678"/);
  const right = check('<p>热线 0931-8700100</p>', '--official');
  assert.equal(right.status, 0, right.stdout + right.stderr);
  const shown = execFileSync(binary, ['directory', 'show', '--data', path.join(data, 'db')], { encoding: 'utf8' });
  assert.match(shown, /0931-8700100/);
  assert.equal(spawnSync(binary, ['directory', 'check', path.join(folder, 'none'), '--data', path.join(data, 'db')]).status, 1);
});

test('nothing on these screens is out of place', () => assert.deepEqual(gallery.faults, []));
