// SPDX-License-Identifier: Apache-2.0
// The sub-commands, their exit codes and --json; an end signal with a call up; a second start.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { binary, prompts, quick, signIn, startServer, tempFolder } from './lib/server.mjs';
import { ring } from './lib/udp_caller.mjs';
import { until } from './lib/wait.mjs';

let server, folder;
before(async () => {
  folder = tempFolder('cli');
  server = await startServer({ scenario: quick });
});
after(async () => {
  await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function run(words, input) {
  const { status, stdout, stderr } = spawnSync(binary, words, { encoding: 'utf8', input, timeout: 60_000 });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) };
}
const file = (name, text) => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const db = () => path.join(server.data, 'db');

test('wrong use is 2, help is 0', () => {
  assert.equal(run([]).status, 2);
  assert.equal(run(['sing']).status, 2);
  assert.equal(run(['kpi']).status, 2);
  for (const words of [[], ['serve'], ['kpi'], ['user'], ['openapi'], ['config', 'check'], ['doctor'], ['audit', 'verify']]) {
    const help = run([...words, '--help']);
    assert.equal(help.status, 0);
    assert.match(help.stdout, /Usage|OPTIONS|Options/i);
  }
});

test('openapi prints an OpenAPI 3.1 document', () => {
  const { status, json } = run(['openapi']);
  assert.equal(status, 0);
  assert.match(json().openapi, /^3\.1/);
  assert.ok(json().paths['/api/v1/calls'].get);
});

test('config check says every fault and ends with 3', () => {
  const good = file('good.toml', '[[trunk]]\nname = "a"\nhost = "127.0.0.1"\nport = 5070\n');
  assert.equal(run(['config', 'check', good]).status, 0);
  assert.equal(run(['config', 'check', path.resolve(import.meta.dirname, '../../share/config.example.toml')]).status, 0);
  const bad = run(['config', 'check', '--json', file('bad.toml', 'dta = "x"\n[sip]\nlistn = 5\n')]);
  assert.equal(bad.status, 3);
  for (const meant of ['`data`', '`sip.listen`']) assert.ok(bad.json().faults.includes(meant), `it names ${meant}`);
  assert.notEqual(run(['config', 'check', path.join(folder, 'missing.toml')]).status, 0);
  assert.equal(run(['serve', '--config', path.join(folder, 'bad.toml')]).status, 2);
});

test('user: list, add, password, disable', async () => {
  const list = run(['user', 'list', '--json', '--data', db()]);
  assert.equal(list.status, 0);
  assert.ok(JSON.stringify(list.json()).includes('何晓禾'));
  const add = (login) => run(['user', 'add', login, '--name', '新人', '--roles', 'agent', '--work-number', '1099', '--password-file', '-', '--json', '--data', db()], 'a-long-enough-password\n');
  const added = add('1099');
  assert.equal(added.status, 0, added.stderr);
  assert.equal((await signIn(server, '1099', 'a-long-enough-password')).session.user.name, '新人');
  assert.notEqual(add('1099').status, 0, 'a login is there once');
  assert.equal(run(['user', 'disable', '1099', '--json', '--data', db()]).status, 0);
  await assert.rejects(signIn(server, '1099', 'a-long-enough-password'), / 40[13] /);
  assert.notEqual(run(['user', 'disable', 'nobody', '--data', db()]).status, 0);
});

test('kpi and doctor answer as JSON', () => {
  const kpi = run(['kpi', '--from', '2026-01-01', '--to', '2030-01-01', '--json', '--data', db()]);
  assert.equal(kpi.status, 0, kpi.stderr);
  assert.ok(Array.isArray(kpi.json().centres));
  assert.equal(run(['kpi', '--from', 'yesterday-ish', '--to', '2030-01-01', '--json', '--data', db()]).status, 2);
  const doctor = run(['doctor', '--json', '--data', db(), '--prompts', prompts]);
  assert.ok([0, 3].includes(doctor.status), `${doctor.status} ${doctor.stderr}`);
  assert.ok(doctor.json());
});

test('audit verify: whole, and held against a head that the stop has signed outside the data', async () => {
  const own = await startServer({ scenario: quick });
  await signIn(own, '0101');
  await own.stop({ keep: true });
  const data = path.join(own.data, 'db');
  const verify = (...more) => run(['audit', 'verify', '--json', '--data', data, ...more]);
  const whole = verify();
  assert.equal(whole.status, 0, whole.stdout + whole.stderr);
  assert.ok(whole.json().links > 0 && whole.json().heads > 0, whole.stdout);
  const head = path.join(`${data}-keys`, 'audit-heads.jsonl');
  assert.equal(fs.statSync(head).mode & 0o777, 0o600);
  const kept = fs.readFileSync(head, 'utf8');
  assert.equal(verify('--head', file('old.jsonl', kept)).status, 0);
  assert.equal(verify('--head', file('forged.jsonl', kept.replace(/"hash":"../, '"hash":"zz'))).status, 1);
  assert.equal(verify('--head', path.join(folder, 'missing.jsonl')).status, 1);
  fs.rmSync(own.data, { recursive: true, force: true });
});

test('an end signal with a call up: new calls are refused, the call may end, exit 0, and the data is there again', async () => {
  const first = await startServer({ scenario: quick });
  const call = await ring(first, { user: '13900000777' });
  await until('the call is up', () => call.call.state === 'up');
  first.child.kill('SIGTERM');
  await until('it drains', () => /draining calls=1/.test(first.log()));
  const late = await ring(first, { user: '13900000888' });
  assert.equal(await late.ended, 'refused 503');
  assert.equal(first.child.exitCode, null, 'it waits for the call');
  call.hangUp();
  assert.equal(await call.ended, 'hung up');
  await until('the program ends by itself', () => first.child.exitCode === 0);
  await first.stop({ keep: true });
  assert.match(first.log(), /stopped/);
  const second = await startServer({ scenario: quick, data: first.data });
  const { items } = await (await signIn(second, '0101')).get('/calls');
  assert.deepEqual(items.map((c) => [c.caller, c.cause]), [['139****0777', 'abandoned']]);
  await leavesNothing(second);
  await second.stop();
});
