// SPDX-License-Identifier: Apache-2.0
// Causes and defects: named by key on the page of a case and by the API of a call's case, joined on the board, told to
// engineers by a signed webhook; their schedule comes back signed; closing is refused while contacts have not fallen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const secret = 'what the two of them know';
const day = 24 * 3600 * 1000;
const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);

/** The board and the page of a case as a supervisor sees them. */
async function look(server, caseId) {
  const gallery = new Gallery(kept ?? tempFolder('screens'));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(30_000);
    gallery.watch(page, '0101', /401 .*\/session$/);
    await page.goto(server.url);
    await page.getByLabel('登录名').fill('0101');
    await page.getByLabel('密码').fill(server.demo_password);
    await page.keyboard.press('Enter');
    await page.locator('.rail').waitFor();
    await page.goto(`${server.url}/defects`);
    await page.locator('[data-defect] [data-action=story]').click();
    await page.locator('[data-event=own]').waitFor();
    await gallery.take(page, 'defects');
    await page.locator('[data-action=close]').click();
    await page.locator('[role=dialog]:visible').waitFor();
    await gallery.take(page, 'defect-close');
    await page.goto(`${server.url}/cases/${caseId}`);
    await page.locator('[data-named=system_defect]').waitFor();
    await gallery.take(page, 'case-cause');
    assert.deepEqual(gallery.faults, [], `the pictures are in ${gallery.folder}`);
  } finally {
    if (kept) gallery.shrink();
    await browser.close();
  }
}

const sign = (id, at, body) => `v1,${crypto.createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64')}`;

/** The engineers' own server: keeps what it is told, refuses what is not signed. */
async function engineers() {
  const heard = [];
  const server = http.createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString();
    const right = sign(request.headers['webhook-id'], request.headers['webhook-timestamp'], body);
    const isSigned = request.headers['webhook-signature'] === right;
    if (isSigned) heard.push(JSON.parse(body));
    response.writeHead(isSigned ? 200 : 401).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { heard, url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => server.close(done)) };
}

/** What happened so long ago, as if the time had passed: the program stands still meanwhile. */
function letPass(data, ms) {
  const code = `import sqlite3,sys
db=sqlite3.connect(sys.argv[1]); us=int(sys.argv[2])*1000
db.execute("UPDATE named_causes SET at = at - ?", (us,))
db.execute("UPDATE defects SET done_at = done_at - ? WHERE done_at IS NOT NULL", (us,))
db.commit()`;
  const file = fs.readdirSync(path.join(data, 'db')).find((f) => f.endsWith('.db'));
  execFileSync('python3', ['-c', code, path.join(data, 'db', file), String(ms)]);
}

async function answer(server, body, { id = crypto.randomUUID(), key = sign } = {}) {
  const at = String(Math.floor(Date.now() / 1000));
  const text = JSON.stringify(body);
  return fetch(`${server.url}/api/v1/partners/engineers/defects`, {
    method: 'POST', body: text,
    headers: { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': key(id, at, text) },
  });
}

test('causes become a defect that closes when its contacts have fallen', async (t) => {
  const theirs = await engineers();
  t.after(() => theirs.stop());
  const folder = tempFolder('causes');
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, 'secret'), secret, { mode: 0o600 });
  const config = path.join(folder, 'config.toml');
  fs.writeFileSync(config, `[[partner]]\nname = "engineers"\nhook_url = "${theirs.url}/hook"\n`
    + `hook_secret_file = "${path.join(folder, 'secret')}"\nallow = ["127.0.0.0/8"]\n`);
  const data = tempFolder('data');
  const start = () => startServer({ data, args: ['--config', config] });
  let server = await start();
  t.after(() => server.stop());
  const restartAfter = async (ms) => {
    await server.stop({ keep: true });
    letPass(data, ms);
    server = await start();
  };
  const contact = async (agent, n) => {
    const made = await agent.post('/cases', { kind: 'question', title: `问题 ${n}`, detail: '页面报错', contact_number: `1380000${1100 + n}` });
    return { ...await agent.call('PUT', `/cases/${made.id}/cause`, { cause: 'system_defect', route: '', place: '' }), id: made.id };
  };
  const act = async (boss, id, body) => {
    const { defect } = await boss.get(`/defects/${id}`);
    return boss.post(`/defects/${id}/acts`, { version: defect.version, ...body });
  };

  let agent = await signIn(server, '1001');
  const first = await contact(agent, 0);
  assert.equal(first.cause, 'system_defect');
  for (let n = 1; n < 4; n++) await contact(agent, n);
  let boss = await signIn(server, '0101');
  const board = await boss.get('/defect-board');
  assert.equal(board.groups.find((g) => g.cause === 'system_defect').since, 4);
  const made = await boss.post('/defects', { title: '申请页报错', matches: [{ cause: 'system_defect', type: '', place: '', route: '' }] });
  await act(boss, made.id, { verb: 'own', owner: '信息科', partner: 'engineers' });
  const told = await until('the engineers have heard', () => theirs.heard.find((e) => e.type === 'defect.moved'));
  assert.equal(told.data.id, made.id);
  assert.equal(told.data.last_week.contacts, 4);
  assert.ok(!JSON.stringify(theirs.heard).includes('13800001100'), 'no citizen is in it');

  const schedule = { type: 'defect.scheduled', timestamp: '', data: { id: made.id, due_on: '2026-12-01', words: '随十二月版本上线' } };
  assert.equal((await answer(server, schedule, { key: () => 'v1,AAAA' })).status, 403);
  assert.equal((await answer(server, schedule, { id: 'once' })).status, 200);
  assert.equal((await answer(server, schedule, { id: 'once' })).status, 200, 'sent twice, done once');
  const now = await boss.get(`/defects/${made.id}`);
  assert.equal(now.defect.due_on, '2026-12-01');
  assert.equal(now.events.filter((e) => e.verb === 'schedule').length, 1);
  assert.equal((await answer(server, { type: 'defect.closed', timestamp: '', data: { id: made.id } })).status, 422);
  assert.equal((await answer(server, { type: 'defect.done', timestamp: '', data: { id: made.id } })).status, 200);
  await assert.rejects(act(boss, made.id, { verb: 'close' }), /week_not_over/);
  await look(server, first.id);

  // A week in which it was no better.
  await restartAfter(6 * day);
  agent = await signIn(server, '1001');
  for (let n = 4; n < 7; n++) await contact(agent, n);
  await restartAfter(1.5 * day);
  boss = await signIn(server, '0101');
  await assert.rejects(act(boss, made.id, { verb: 'close' }), /contacts_stay.*"before":"4","since":"3","fewer_than":"2"/);
  // And one without any.
  await restartAfter(7 * day);
  boss = await signIn(server, '0101');
  assert.equal((await act(boss, made.id, { verb: 'close' })).state, 'closed');
});
