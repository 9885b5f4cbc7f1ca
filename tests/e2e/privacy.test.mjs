// SPDX-License-Identifier: Apache-2.0
// Known numbers and names go through the real program: none is in its log, its metrics or its data files; a new key seals
// what is there anew; and what was told in confidence is there for nobody else.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { binary, signIn, startServer } from './lib/server.mjs';

const person = { name: '慕容未央', number: '13987650123', landline: '045187650124', draft: '13987650125' };
const identity = '230102199001018765';

function filesBelow(folder) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile()).map((f) => path.join(f.parentPath ?? f.path, f.name));
}

test('known numbers and names are in no log, metric or data file, before and after a new key', async () => {
  let server = await startServer();
  const agent = await signIn(server, '1001');
  const { id } = await agent.post('/customers', { name: person.name, numbers: [person.number, person.landline], address: '云汀市北桥区听松里 1 号楼' });
  const made = await agent.post('/cases', {
    kind: 'no_heat', title: '家里不热', contact_name: person.name, contact_number: person.number, customer_id: id,
    address: '云汀市北桥区听松里 1 号楼 1 单元 101',
  });
  await agent.call('PUT', '/drafts/0', { body: { contact_number: person.draft } });
  const seen = async (who) => (await who.get(`/cases?number=${person.number}`)).items.map((c) => c.id);
  assert.deepEqual(await seen(agent), [made.id]);
  assert.equal((await agent.get(`/customers?number=${person.number}`)).items[0].name, person.name);
  assert.deepEqual((await agent.get(`/timeline?number=${person.number}`)).items.map((i) => i.id), [made.id]);
  await agent.get(`/customers?q=${identity}`);
  await agent.get(`/cases?q=${encodeURIComponent(person.name)}`);
  await assert.rejects(agent.get(`/no-such-thing?number=${person.number}`), /404/);
  await assert.rejects(agent.post('/customers', { name: person.name, numbers: ['x'] }), /422/);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();

  const nowhere = (texts) => {
    for (const [what, bytes] of texts)
      for (const known of [...Object.values(person), identity])
        assert.ok(!bytes.includes(known), `${known} is in ${what}`);
  };
  nowhere([['the metrics', Buffer.from(metrics)], ['the log', Buffer.from(server.log())]]);
  const data = path.join(server.data, 'db');
  const onDisk = () => filesBelow(data).map((f) => [f, fs.readFileSync(f)]);
  assert.ok(onDisk().some(([f]) => f.endsWith('yingsheng.db')));
  nowhere(onDisk());

  const rotate = () => spawnSync(binary, ['key', 'rotate', '--json', '--data', data], { encoding: 'utf8' });
  assert.equal(rotate().status, 1, 'not while the hotline runs');
  await server.stop({ keep: true });
  const key = path.join(`${data}-keys`, 'vault.key');
  const before = fs.readFileSync(key, 'utf8');
  assert.equal(fs.statSync(key).mode & 0o777, 0o600);
  const done = rotate();
  assert.equal(done.status, 0, done.stderr);
  const after = fs.readFileSync(key, 'utf8');
  assert.equal(after.trim().split('\n').length, 1, 'the old key is gone');
  assert.notEqual(after, before);
  nowhere(onDisk());

  server = await startServer({ data: server.data });
  const again = await signIn(server, '1001');
  assert.deepEqual(await seen(again), [made.id]);
  assert.equal((await again.get(`/cases/${made.id}`)).contact_number, person.number);
  const station = await signIn(server, '0201');
  assert.equal((await station.get(`/cases/${made.id}`)).contact_number, '139****0123');
  const shown = await station.post(`/private/case/${made.id}`, { field: 'phone', reason: '上门前联系' });
  assert.equal(shown.value, person.number);
  nowhere([['the log', Buffer.from(server.log())], ...onDisk()]);
  await server.stop({ keep: true });
  fs.writeFileSync(key, `1 ${'ab'.repeat(32)}\n`);
  await assert.rejects(startServer({ data: server.data }), /sealed with/, 'another key opens nothing and breaks nothing');
  fs.rmSync(server.data, { recursive: true, force: true });
});

test('a report is there for who took it and for disclosures, for nobody else', async () => {
  const server = await startServer();
  const agent = await signIn(server, '1001');
  const made = await agent.post('/cases', { kind: 'report', title: '站长收红包', contact_number: person.number, address: '云汀市北桥区听松里' });
  const officer = await signIn(server, '0320');
  for (const who of [agent, officer]) {
    assert.equal((await who.get(`/cases/${made.id}`)).is_confidential, true);
    assert.ok((await who.get('/cases')).items.some((c) => c.id === made.id));
  }
  for (const login of ['1002', '0101', '0310', '0201', '0211', '0301']) {
    const who = await signIn(server, login);
    await assert.rejects(who.get(`/cases/${made.id}`), /404/, login);
    await assert.rejects(who.get(`/cases/${made.id}/progress`), /404/, login);
    assert.deepEqual((await who.get('/cases')).items, [], login);
  }
  const opened = (await officer.get('/disclosures/audit')).items.map((i) => i.kind);
  assert.ok(opened.includes('CaseSeen') && opened.includes('CaseSaved'), opened.join());
  await server.stop();
});
