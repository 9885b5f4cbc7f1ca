// SPDX-License-Identifier: Apache-2.0
// Text from outside is only ever text: every vector of lib/hostile_words.mjs goes through every field in which somebody types or
// names a file, and every screen it comes to is opened, under the page's content policy and without it: nothing runs, nothing is
// asked for, no element was made of it, and the words themselves are there to be read.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { Canary, markupOn, readOn } from '../lib/canary.mjs';
import { ChatPage } from '../lib/chat_page.mjs';
import { openDeskSocket } from '../lib/desk_socket.mjs';
import { document, hostile, legible, separated, vectors, workbook } from '../lib/hostile_words.mjs';
import { notNow, setHours } from '../lib/opening_hours.mjs';
import { plainPng } from '../lib/png.mjs';
import { root, signIn, startServer, tempFolder } from '../lib/server.mjs';
import { until } from '../lib/wait.mjs';

const number = '13800003003';
const together = 5; // conversations at one desk
const walls = ['policy', 'no policy'];
const newborn = { born_at: 'hospital', married: 'yes', mother_insured: 'no' };
const seen = { fields: new Set(), screens: new Set(), looks: 0, words: 0 };
let scenario, server, browser, agent, boss, writer, reader, admin, first;
const contexts = {}; // of each wall {context, canary, pages: {login: page}}

/** 证件热线 whose life events, causes and queues are named by who means no good. */
function namedByStrangers() {
  const folder = tempFolder('xss');
  fs.cpSync(path.join(root, 'scenarios/certificates'), folder, { recursive: true });
  const rename = (file, name, words, from = 0) => {
    const at = path.join(folder, file);
    let i = 0;
    const text = fs.readFileSync(at, 'utf8');
    fs.writeFileSync(at, text.replace(new RegExp(`(\\b${name} = )"[^"\\n]*"`, 'g'), (whole, head) => {
      const n = i++;
      return n < from ? whole : `${head}${JSON.stringify(words[n % words.length])}`;
    }));
  };
  // Life events take no braces and brackets, which a text message is written with; 40 characters.
  const plain = (v) => !/[{}[\]\p{Cc}\u2028\u2029\ufeff\u202e]/u.test(v);
  rename('life_events.toml', 'title', hostile('life', { chars: 40, fits: plain }));
  rename('life_events.toml', 'output', hostile('output', { chars: 40, fits: plain }));
  rename('life_events.toml', 'address', hostile('address', { chars: 60, fits: plain }));
  rename('causes.toml', 'title', hostile('cause', { bytes: 60, fits: plain }));
  return folder;
}

before(async () => {
  scenario = namedByStrangers();
  server = await startServer({ scenario });
  [agent, boss, writer, reader, admin] = await Promise.all(['1001', '0101', '0410', '0411', 'admin'].map((login) => signIn(server, login)));
  first = (await agent.get('/matters')).items[0].code;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  for (const wall of walls) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', bypassCSP: wall === 'no policy' });
    const canary = new Canary();
    await canary.watch(context);
    contexts[wall] = { context, canary };
  }
  await until('the robot has learnt', async () => (await agent.get(`/answers?q=${encodeURIComponent('身份证')}`)).certainty !== 'learning', { seconds: 240, every: 500 });
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (scenario) fs.rmSync(scenario, { recursive: true, force: true });
  console.log(`# ${seen.fields.size} fields, ${vectors.length} vectors, ${seen.screens.size} screens, ${seen.looks} looks, ${seen.words} times a vector was read`);
});

async function signedIn(wall, login) {
  const page = await contexts[wall].context.newPage();
  page.setDefaultTimeout(30_000);
  await page.context().clearCookies();
  await page.goto(server.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  return page;
}
/** Looks at what is open now. expected: {field: [words]}, all of which are to be read; [] are all of the screen's own. */
async function look(page, screen, expected) {
  const wanted = Object.entries(expected);
  await until(`${screen} shows its words`, async () => {
    const text = await readOn(page);
    const missing = wanted.flatMap(([, words]) => words).filter((w) => !text.includes(legible(w)));
    if (missing.length) throw new Error(`${missing.length} not to be read: ${JSON.stringify(missing.slice(0, 4))}`);
    return true;
  }, { seconds: 20, every: 200 });
  // What waits for the pointer, the focus or a frame has had its chance.
  for (const key of ['Tab', 'Tab']) await page.keyboard.press(key);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  assert.deepEqual(await markupOn(page), [], `${screen}: elements of a stored text`);
  seen.screens.add(screen);
  seen.looks += 1;
  for (const [field, words] of wanted) {
    seen.fields.add(field);
    seen.words += words.length;
  }
}
function nothingRan() {
  for (const wall of walls) {
    assert.deepEqual(contexts[wall].canary.moved, [], `run, ${wall}`);
    assert.deepEqual(contexts[wall].canary.stopped, [], `stopped by the policy only, ${wall}`);
  }
}
/** Goes through `screens` ([where, name, expected, open]) as `login`, under each wall. */
async function walk(login, screens) {
  for (const wall of walls) {
    const page = await signedIn(wall, login);
    for (const [where, screen, expected, open] of screens) {
      await page.goto(server.url + where);
      await open?.(page);
      await look(page, screen, expected);
    }
    await page.close();
  }
  nothingRan();
}
/** What the hotline takes of these, each by `send(words, i)`; the others it refuses in words. */
async function taken(words, send) {
  const kept = [];
  for (const [i, w] of words.entries()) {
    try {
      await send(w, i);
      kept.push(w);
    } catch (error) {
      if (!/: 422 /.test(String(error.message))) throw error;
    }
  }
  assert.ok(kept.length >= 30, `${kept.length} of ${words.length} were taken`);
  return kept;
}

test('the canary sees what is run: in a page without a policy most vectors of markup move it', async () => {
  const blank = http.createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>k</title><div id=k></div>'));
  await new Promise((done) => blank.listen(0, '127.0.0.1', done));
  const context = await browser.newContext();
  const canary = new Canary();
  await canary.watch(context);
  const page = await context.newPage();
  let moving = 0;
  for (const v of vectors.slice(0, 34)) {
    const before = canary.moved.length;
    // What the last one began to open may be on its way still.
    await until('a blank page', () => page.goto(`http://127.0.0.1:${blank.address().port}/`).then(() => true, () => false));
    await page.evaluate((html) => { document.getElementById('k').innerHTML = html; }, v).catch(() => undefined);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 30))).catch(() => undefined); // Some leave the page.
    if (canary.moved.length > before) moving += 1;
  }
  assert.ok(moving >= 12, `only ${moving} vectors moved the canary`);
  assert.ok(canary.moved.some((m) => m.includes('a word was set')) && canary.moved.some((m) => m.includes('asked for')));
  assert.ok((await readOn(page)).length > 0);
  await context.close();
  blank.close();
});

test('cases, causes, defects and wishes: list, page, paper and the board', async () => {
  const words = Object.fromEntries(['title', 'detail', 'contact', 'home', 'route', 'defect', 'owner', 'schedule'].map((f) => [f, hostile(f, { bytes: 110 })]));
  const made = [];
  const names = hostile('evidence', { bytes: 180 });
  for (const [i, title] of words.title.entries()) {
    const one = await agent.post('/cases', { kind: 'question', title, detail: words.detail[i], contact_name: words.contact[i], contact_number: number, address: words.home[i] });
    await agent.call('PUT', `/cases/${one.id}/cause`, { cause: i % 2 ? 'suggestion' : 'system_defect', route: words.route[i], place: '' });
    made.push(one.id);
  }
  await taken(names, async (name, i) => {
    const at = `/cases/${made[0]}/evidence`;
    const one = plainPng(16, 16, [i, 120, 200]);
    const begun = await agent.post(at, { name, size: one.length, sha256: crypto.createHash('sha256').update(one).digest('hex'), purpose: 'before' }, { 'idempotency-key': `k${i}` });
    await agent.patchBytes(`${at}/${begun.id}?offset=0`, one);
    await agent.post(`${at}/${begun.id}/finish`);
  });
  for (const [i, title] of words.defect.entries()) {
    const one = await boss.post('/defects', { title, matches: [{ cause: i % 2 ? 'suggestion' : 'system_defect', type: '', place: '', route: words.route[i] }] });
    const act = async (body) => boss.post(`/defects/${one.id}/acts`, { version: (await boss.get(`/defects/${one.id}`)).defect.version, ...body });
    await act({ verb: 'own', owner: words.owner[i] });
    await act({ verb: 'schedule', due_on: '2099-01-01', words: words.schedule[i] });
  }
  await walk('1001', [
    ['/cases', 'cases', { title: words.title.slice(-50) }],
    ...made.map((id, i) => [`/cases/${id}`, 'case', { title: [words.title[i]], detail: [words.detail[i]], home: [words.home[i]], contact: [words.contact[i]] }]),
    [`/cases/${made[1]}/print`, 'paper', { detail: [words.detail[1]] }],
  ]);
  await walk('0101', [
    ['/defects', 'defects', { defect: words.defect, owner: words.owner }],
    ['/defects', 'defect stories', { schedule: words.schedule }, async (page) => {
      await page.locator('[data-action=story]').first().waitFor();
      for (const story of await page.locator('[data-action=story]').all()) await story.click();
    }],
    ['/defects', 'causes by route', { route: words.route }, (page) => page.locator('[data-by=route]').click()],
    ['/incidents', 'incidents', {}], ['/floor', 'floor', {}], ['/calls', 'calls', {}],
  ]);
});

test('articles, ways of asking, gaps, flows and words: what editors and the robot read', async () => {
  const fields = ['atitle', 'statement', 'forAgent', 'forCitizen', 'forVoice', 'material', 'step', 'region', 'transfer', 'source'];
  const words = Object.fromEntries(fields.map((f) => [f, hostile(f, { bytes: 190 })]));
  const ids = [];
  for (const i of words.atitle.keys()) {
    const w = (f) => words[f][i];
    const made = await writer.post('/articles', {
      matter: first, content: { title: w('atitle'), statement: w('statement'), texts: { agent: w('forAgent'), citizen: w('forCitizen'), voice: w('forVoice') },
        materials: [w('material')], steps: [w('step')], regions: [w('region')], transfer: w('transfer'), source: w('source'), valid_until: null, review_by: null, owner_id: writer.session.user.id } });
    ids.push(made.line.id);
  }
  const askings = await taken(hostile('asking', { bytes: 280 }), (text) => writer.post(`/matters/${first}/askings`, { text }));
  const why = await taken(hostile('why', { bytes: 290 }), async (text) => {
    const { line, versions } = await admin.get('/flows/main');
    const at = versions[0].number;
    const { checked } = await admin.get(`/flows/main/versions/${at}`);
    await admin.post('/flows/main/versions', { text: checked.text, based_on: line.draft || at, why: text });
  });
  await walk('0410', [
    ['/knowledge?show=open', 'articles', { atitle: words.atitle }],
    // What citizens read and hear of it stands behind a tab there, and in the document.
    ...ids.map((id, i) => [`/knowledge/${id}`, 'article', Object.fromEntries(fields.filter((f) => !/Citizen|Voice/.test(f)).map((f) => [f, [words[f][i]]]))]),
    [`/knowledge/${ids[1]}/write`, 'write', { atitle: [words.atitle[1]], forCitizen: [words.forCitizen[1]], forVoice: [words.forVoice[1]] }],
    [`/knowledge/matters?matter=${first}`, 'ways of asking', { asking: askings }],
    ['/knowledge/reminders', 'reminders', {}],
  ]);
  await walk('admin', [['/flows/main', 'flow versions', { why: why.slice(-1) }, (page) => page.locator('[data-view=versions]').click()]]);
});

test('files of articles: names and contents of Word, Excel and CSV', async () => {
  // A file with other signs is refused as no text at all.
  const titles = hostile('imported', { bytes: 150 }).filter((t) => !/[\0\ufeff\u202e\u2028]/.test(t)).slice(0, 50);
  const rows = [['标题', '口径'], ...titles.map((t) => [t, t])];
  const files = hostile('file', { bytes: 150 });
  for (const wall of walls) {
    const page = await signedIn(wall, '0410');
    await page.goto(`${server.url}/knowledge/import`);
    for (const [ending, buffer] of [['csv', Buffer.from(separated(rows))], ['xlsx', workbook(rows)], ['docx', document(titles.map((t) => [t, t]))]]) {
      await page.locator('[data-field=file]').setInputFiles({ name: `k.${ending}`, mimeType: '', buffer });
      await page.locator('[data-import]').first().waitFor();
      await look(page, `import ${ending}`, { imported: ending === 'docx' ? [] : titles.slice(0, 40) });
    }
    for (const name of files) {
      await page.locator('[data-field=file]').setInputFiles({ name: `${name.replaceAll('/', '∕').replaceAll('\0', '')}.pdf`, mimeType: '', buffer: Buffer.from('%PDF-1.7 x') });
      await look(page, 'import refused', { file: [name.replaceAll('/', '∕')] });
    }
    await page.close();
  }
  nothingRan();
});

test('life events: the citizen\'s page, its questions and list, and photos of a list', async () => {
  const events = (await (await fetch(`${server.url}/api/v1/citizen/life-events`)).json()).items ?? [];
  for (const wall of walls) {
    const page = await contexts[wall].context.newPage();
    await page.goto(`${server.url}/list.html`);
    await page.locator('[data-list-step=events]').waitFor();
    await look(page, 'life events', { life: events.map((e) => e.title) });
    await page.locator('[data-event=newborn]').click();
    for (const choice of Object.values(newborn)) {
      await page.locator('[data-list-step=question]').waitFor();
      await look(page, 'a question', { life: [] });
      await page.locator(`[data-choice=${choice}]`).click();
      await until('the next', async () => !(await page.locator('main[aria-busy=true]').count()));
    }
    await page.locator('[data-list-step=list]').waitFor();
    await look(page, 'the list', {});
    await page.close();
  }
  nothingRan();
});

test('conversations: what citizens and agents say, file names, notes, ratings, messages left; page, widget, desk and supervisor', async () => {
  const fields = ['say', 'file', 'agent', 'note'];
  const words = Object.fromEntries(fields.map((f) => [f, hostile(f, { bytes: 180 })]));
  const [desk, other] = await Promise.all(['1001', '1004'].map((login) => openDeskSocket(server, login)));
  for (const each of [desk, other]) await each.say('chat_ready', { at_once: together });
  const queues = desk.words.filter((w) => w.type === 'chats').at(-1).chats.queues;
  const theirs = queues.find((q) => q.takers > 0) ?? queues[0];
  const share = Math.ceil(vectors.length / together);
  const mine = (field, c) => words[field].slice(c * share, (c + 1) * share);
  const kept = [...Array(together)].map(() => []);
  const named = (c, name, { status }) => {
    if (status === 201) kept[c].push(name);
    return status === 201 || status === 422;
  };
  const talk = async (c) => {
    const page = await new ChatPage(() => server, `k${c}`).open();
    page.send({ type: 'ask_person' });
    await page.sees('an agent', (p) => p.chat?.state === 'with_agent');
    for (const text of mine('say', c)) {
      const key = page.say(text);
      await until('it is kept', () => !page.unacknowledged.has(key), { seconds: 30 });
      await new Promise((done) => setTimeout(done, 1000)); // As fast as a citizen may.
    }
    const bytes = Buffer.from('k');
    for (const [i, name] of mine('file', c).entries()) {
      // Some names are refused, in words.
      await until('the file is taken or refused', async () => named(c, name, await fetch(`${server.url}/api/v1/citizen/chats/file?chat=${page.id}&offset=0&size=1`, {
        method: 'POST', body: bytes, headers: { 'x-chat-token': page.token, 'x-file-name': encodeURIComponent(name), 'x-client-key': `f${c}-${i}` } })), { every: 1000 });
    }
    for (const [i, text] of mine('agent', c).entries()) await desk.say('chat_say', { chat: page.id, key: `a${c}-${i}`, text });
    return page;
  };
  const pages = await Promise.all([...Array(together).keys()].map(talk));
  for (const wall of walls) {
    for (const [c, page] of pages.entries()) {
      const shown = await contexts[wall].context.newPage();
      await shown.goto(`${server.url}/ask.html`);
      await shown.evaluate((token) => localStorage.setItem('ys.chat', token), page.token);
      await shown.goto(`${server.url}/chat.html`);
      await look(shown, 'chat', { say: mine('say', c), file: kept[c], agent: mine('agent', c) });
      await shown.close();
    }
  }
  const host = http.createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><html lang="zh"><title>k</title><body><script src="${server.url}/widget.js" data-label="${words.say[1].replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></script></body></html>`));
  await new Promise((done) => host.listen(0, '127.0.0.1', done));
  for (const wall of walls) {
    const shown = await contexts[wall].context.newPage();
    await shown.goto(`http://127.0.0.1:${host.address().port}/`);
    await shown.locator('[data-yingsheng-chat] button').click();
    await shown.frameLocator('iframe').locator('[data-author]').first().waitFor();
    await look(shown, 'widget', { say: mine('say', together - 1) });
    await shown.close();
  }
  host.close();
  for (const [c, page] of pages.entries()) {
    await desk.say('chat_pass', { chat: page.id, queue: theirs.id, note: mine('note', c).join('\n').slice(0, 1000) });
    await page.sees('another agent', (p) => p.chat?.state === 'with_agent');
    page.send({ type: 'end' });
    await page.sees('the end', (p) => p.chat?.state === 'ended');
    page.send({ type: 'rate', stars: 1, words: hostile('rating')[c] });
    await page.sees('the rating', (p) => p.chat?.state === 'rated');
  }
  await walk('0101', pages.map((page, c) => [`/chats/${page.id}`, 'chat story', { say: mine('say', c), file: kept[c], agent: mine('agent', c), rating: [hostile('rating')[c]] }]));
  await walk('0101', [['/chats', 'chats', {}]]);
  const guarded = await taken(hostile('word', { chars: 32 }).concat(vectors.filter((v) => v.length <= 32)), async (w) => boss.call('PUT', '/chat-words', { words: [w] })).catch(() => []);
  if (guarded.length) {
    await boss.call('PUT', '/chat-words', { words: guarded });
    await walk('0101', [['/chats/words', 'words', { word: guarded }]]);
  }
  await setHours(server, notNow());
  const left = hostile('contact', { bytes: 100 }).slice(0, 40);
  const texts = hostile('left', { bytes: 300 });
  for (const [i, contact] of left.entries()) {
    const page = await new ChatPage(() => server, `l${i}`).open();
    page.send({ type: 'leave_message', key: `l${i}`, text: texts[i], contact });
    await page.sees('the end', (p) => p.chat?.state === 'ended');
    page.close();
  }
  await walk('0101', [['/cases', 'cases of messages', {}], ['/chats', 'chats with contacts', {}]]);
  for (const each of [...pages, desk, other]) each.close();
});
