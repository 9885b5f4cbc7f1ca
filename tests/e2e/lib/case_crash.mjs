// SPDX-License-Identifier: Apache-2.0
// Eight clients write cases while the program is killed, again and again; then the ledgers of what
// was acknowledged are held against the database and the folder of attachments.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Ledger } from './ledger.mjs';
import { cutPower, onForgetfulDisk } from './powercut.mjs';
import { signIn, startServer, tempFolder } from './server.mjs';
import { dice } from './udp_caller.mjs';
import { until } from './wait.mjs';

const clients = 8;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function people(server) {
  const [agent, station] = await Promise.all([signIn(server, '1001'), signIn(server, '0201')]);
  return { agent, station };
}

/** So many more than there are; `work` ending before is an error that it knows. */
async function acknowledgements(people_, more, work) {
  const count = () => people_.reduce((sum, each) => sum + each.count, 0);
  const enough = count() + more;
  let ended = null;
  void work.then((errors) => (ended = errors));
  await until(`${more} acknowledgements`, () => ended || count() >= enough, { seconds: 60, every: 2 });
  if (ended) throw ended[0];
}

async function killHard(server) {
  server.child.kill('SIGKILL');
  await until('the program is gone', () => server.child.signalCode || server.child.exitCode !== null);
}

function rowsOfSqlite(file, sql) {
  const code = `import json,sqlite3,sys
db=sqlite3.connect(sys.argv[1]); db.row_factory=sqlite3.Row
print(json.dumps([dict(r) for r in db.execute(sys.argv[2])]))`;
  return JSON.parse(execFileSync('python3', ['-c', code, file, sql], { encoding: 'utf8', maxBuffer: 1 << 28 }));
}

/** runs: kills; disk: "kept" or "forgetful"; postgres: of lib/postgres.mjs, killed every other time. */
export async function caseCrashes({ runs, seed, disk = 'kept', postgres = null }) {
  const data = tempFolder('crash'), ledgers = tempFolder('ledgers'), shadow = `${data}-shadow`;
  const db = path.join(data, 'db');
  const chance = dice(seed);
  const people_ = Array.from({ length: clients }, (_, n) => new Ledger(ledgers, n + 1));
  const args = [];
  if (postgres) {
    const config = path.join(ledgers, 'yingsheng.toml');
    fs.writeFileSync(config, `[database]\nurl = "${postgres.url}"\n`);
    args.push('--config', config);
  }
  fs.mkdirSync(db, { recursive: true });
  const startOn = (wrap) => startServer({ data, args, wrap });
  const counts = { runs, disk, postgres_kills: 0, restart_ms_max: 0 };
  for (let run = 0; run < runs; run++) {
    const begun = Date.now();
    const server = await startOn(disk === 'forgetful' ? onForgetfulDisk(db, shadow) : []);
    counts.restart_ms_max = Math.max(counts.restart_ms_max, Date.now() - begun);
    const who = await people(server);
    const work = Promise.all(people_.map((each) => each.work(who)));
    // Counted in acknowledgements, so that a slow machine is killed as deep in its work as a fast one.
    await acknowledgements(people_, 1 + Math.floor(chance() * 30), work);
    await pause(chance() * 15);
    if (postgres && run % 2) {
      await postgres.killHard();
      counts.postgres_kills++;
      await pause(chance() * 60);
    }
    await killHard(server);
    const reasons = await work;
    for (const error of reasons)
      if (!/fetch failed|terminated|503|500/.test(error.message)) throw error;
    if (disk === 'forgetful') cutPower(db, shadow);
    if (postgres && run % 2) await postgres.restart();
  }
  // Once more without a kill: what was cut off is finished, and the program ends as it should.
  const server = await startOn([]);
  const who = await people(server);
  const last = Promise.all(people_.map((each) => each.work(who)));
  await acknowledgements(people_, 5 * clients, last);
  await server.stop({ keep: true });
  await last;
  const rows = postgres ? (sql) => postgres.rows(sql) : (sql) => rowsOfSqlite(path.join(db, 'yingsheng.db'), sql);
  if (!postgres) assert.deepEqual(rows('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
  Object.assign(counts, check(people_.flatMap((each) => each.lines()), rows, path.join(db, 'attachments')));
  for (const folder of [data, ledgers]) fs.rmSync(folder, { recursive: true, force: true });
  return counts;
}

const by = (list, key) => list.reduce((m, x) => m.set(key(x), [...(m.get(key(x)) ?? []), x]), new Map());

/** Acknowledged and there exactly once, for cases, acts, notices, pieces and attachments. */
function check(told, rows, attachments) {
  const cases = new Map(rows('SELECT id, number FROM cases').map((c) => [c.id, c]));
  const keys = new Map(rows('SELECT idempotency_key, case_id FROM case_keys').map((k) => [k.idempotency_key, k.case_id]));
  const made = told.filter((l) => l.made);
  for (const line of made) {
    assert.equal(cases.get(line.made)?.number, line.number, `case ${line.made} of ${line.key} is kept`);
    assert.equal(keys.get(line.key), line.made, `${line.key} made one case`);
  }
  assert.equal(cases.size, keys.size, 'no case was made twice');
  assert.equal(new Set([...cases.values()].map((c) => c.number)).size, cases.size, 'no number twice');
  const saved = by(rows("SELECT body FROM facts WHERE kind = 'CaseSaved'"), (f) => JSON.parse(f.body).case_id);
  for (const id of cases.keys()) assert.equal(saved.get(id)?.length, 1, `case ${id} has its fact`);

  const events = by(rows("SELECT case_id, verb FROM case_events WHERE kind = 'done' ORDER BY case_id, number"), (e) => e.case_id);
  const count = (id, verb) => (events.get(id) ?? []).filter((e) => e.verb === verb).length;
  for (const { accepted } of told.filter((l) => l.accepted)) assert.equal(count(accepted, 'accept'), 1, `case ${accepted} is accepted`);
  const notices = by(rows('SELECT case_id, receiver, reason FROM case_notices'), (n) => n.case_id);
  // What a case owes to others follows from what was done to it: the commonest answer for the same deeds is the rule.
  const owed = by([...cases.keys()], (id) => (events.get(id) ?? []).map((e) => e.verb).join(' '));
  for (const [deeds, ids] of owed) {
    assert.match(deeds, /^file dispatch( accept)?$/);
    const lists = by(ids, (id) => (notices.get(id) ?? []).map((n) => `${n.receiver}:${n.reason}`).sort().join(' '));
    assert.equal(lists.size, 1, `cases with the same deeds (${deeds}) have the same notices: ${[...lists.keys()]}`);
    assert.notEqual([...lists.keys()][0], '', 'somebody is told of each');
  }
  return { ...checkEvidence(told, rows, attachments), cases: cases.size, acknowledged: made.length, notices: [...notices.values()].flat().length };
}

function checkEvidence(told, rows, attachments) {
  const evidence = new Map(rows('SELECT id, case_id, state, kind, sha256, idempotency_key FROM case_evidence').map((e) => [e.id, e]));
  const facts = by(rows("SELECT body FROM facts WHERE kind = 'EvidenceKept'"), (f) => JSON.parse(f.body).attachment);
  const kept = told.filter((l) => l.kept);
  for (const line of kept) {
    const row = evidence.get(line.kept);
    assert.deepEqual([row?.state, row?.sha256, row?.case_id], ['kept', line.sha256, line.of_case], `attachment ${line.kept}`);
  }
  for (const row of evidence.values()) {
    assert.equal(facts.get(row.id)?.length ?? 0, row.state === 'kept' ? 1 : 0, `facts of attachment ${row.id}`);
    if (row.state !== 'kept') continue;
    const bytes = fs.readFileSync(path.join(attachments, 'kept', `${row.id}.${row.kind}`));
    assert.equal(sha256(bytes), row.sha256, `the bytes of attachment ${row.id}`);
    if (row.kind === 'jpg') assert.ok(fs.statSync(path.join(attachments, 'kept', `${row.id}.small.jpg`)).size > 100);
  }
  assert.equal(new Set([...evidence.values()].map((e) => e.idempotency_key)).size, evidence.size, 'no attachment twice');
  const pieces = told.filter((l) => l.chunk);
  for (const line of pieces) {
    const row = evidence.get(line.chunk);
    assert.ok(row, `the upload ${line.chunk} is known`);
    if (row.state === 'kept') continue;
    // Its row may not be there yet, with the file in place already.
    const places = [`incoming/${row.id}`, `kept/${row.id}.mp4`].map((p) => path.join(attachments, p)).filter((p) => fs.existsSync(p));
    const there = places.length ? fs.readFileSync(places[0]) : Buffer.alloc(0);
    const whole = Buffer.from(line.of, 'base64');
    assert.ok(there.length >= line.received, `${line.received} bytes of upload ${line.chunk} were acknowledged, ${there.length} are there`);
    assert.equal(Buffer.compare(there, whole.subarray(0, there.length)), 0, `the pieces of upload ${line.chunk}`);
  }
  return { attachments: kept.length, pieces: pieces.length };
}
