// SPDX-License-Identifier: Apache-2.0
// A hotline at work on the wire: registered desks (SIPp) and citizens (SIPp) who come in waves, and
// afterwards what the journal, `yingsheng kpi` and SIPp each say of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { leavesNothing } from './leaves_nothing.mjs';
import { journalCounts, queueLaws, sippCounts } from './queue_laws.mjs';
import { startServer, tempFolder } from './server.mjs';
import { freeUdpPort, startSipp } from './sipp.mjs';
import { until } from './wait.mjs';

const password = 'desks-at-work-2026';
const ring_s = 0.5; // The mean of sipp/desk_works.xml.
const wrap_up_s = 1;

/** One queue, `desks` agents who are at work from the start, each at a desk phone that must register. */
function scenarioOf(desks) {
  const folder = tempFolder('scenario');
  const phones = Array.from({ length: desks }, (_, i) => `[[phone]]\nuser = "8${i}"\n`).join('\n');
  fs.writeFileSync(path.join(folder, 'main.flow'), `flow main
measuring
recorded no

node desk queue
  queue desks
  announce no
`);
  fs.writeFileSync(path.join(folder, 'scenario.toml'), `name = "desks"
title = "测量用热线"
password = "${password}"
calls_max = 20000
invites_per_second = 100000

[[centre]]
name = "desks"
title = "测量用热线"
area_code = "0931"
shown_number = "6000"

[[queue]]
name = "desks"
title = "坐席"
answer_within_s = 20
waiting_max = 20000

[crowd]
count = ${desks}

[crowd.each]
login = "a{i}"
name = "坐席 {i}"
work_number = "{i}"
roles = ["agent"]
queues = ["desks"]
seat = "sip_phone"
seat_address = "8{i}"
wrap_up_max_s = ${wrap_up_s}
starts_ready = true

[[number]]
number = "6000"
flow = "main"

${phones}`);
  return folder;
}

/** A copy of sipp/NAME.xml that pauses `mean_s` where the original pauses `was_s`: SIPp takes no variables there. */
function withMean(folder, name, was_s, mean_s) {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, `../sipp/${name}.xml`), 'utf8');
  const was = `distribution="exponential" mean="${was_s}000"`;
  if (!text.includes(was)) throw new Error(`${name}.xml has no pause of ${was_s} s`);
  fs.writeFileSync(path.join(folder, `${name}.xml`), text.replace(was, `distribution="exponential" mean="${Math.round(mean_s * 1000)}"`));
  return path.join(folder, name);
}

const wanted = new Set(['TotalCallCreated', 'FailedCall', 'served', 'left', 'refused', 'rung', 'answered', 'cancelled', 'cut_short']);

/** The last line of SIPp's statistics: {"TotalCallCreated": 12, "left": 3, …}, all of the whole run. */
function totalsOf(sipp) {
  const lines = fs.readFileSync(path.join(sipp.dir, 'stat.csv'), 'utf8').trim().split('\n');
  const [names, last] = [lines[0].split(';'), lines.at(-1).split(';')];
  const all = Object.fromEntries(names.map((name, i) => [name.replace('(C)', ''), Number(last[i])]));
  return Object.fromEntries(Object.entries(all).filter(([name, n]) => wanted.has(name) || (n > 0 && name.startsWith('Failed'))));
}

async function registerDesks(server, desks, port) {
  const lines = Array.from({ length: desks }, (_, i) => `8${i};[authentication username=8${i} password=${password}]`);
  const registering = await startSipp('desk_register', {
    target: server.sip, port, calls: desks, args: ['-r', '50', '-inf', 'phones.csv'],
    files: { 'phones.csv': `SEQUENTIAL\n${lines.join('\n')}\n` },
  });
  const code = await registering.done;
  const errors = registering.errors();
  await registering.stop();
  if (code !== 0) throw new Error(`not every desk registered: ${errors.slice(-2000)}`);
  await until(`${desks} registrations`, async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(text.match(/^ys_sip_registrations (\S+)$/m)[1]) === desks;
  });
}

/** The rate goes up and down until `done`: a third of each wave far above what desks at 0.9 can take. */
async function makeWaves(port, rate, { wave_s, limit_s }, done) {
  const socket = dgram.createSocket('udp4');
  let over = false;
  const timer = setTimeout(() => { over = true; }, limit_s * 1000);
  done.then(() => { over = true; });
  const wait = async (seconds) => {
    for (const end = Date.now() + seconds * 1000; !over && Date.now() < end;) await pause(50);
  };
  try {
    while (!over) {
      for (const [factor, share] of [[5 / 3, 1 / 3], [2 / 3, 2 / 3]]) {
        socket.send(`cset rate ${(rate * factor).toFixed(2)}`, port, '127.0.0.1');
        await wait(wave_s * share);
      }
    }
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

/** The whole journal, in order: {seq, at_us, interaction, agent, kind, body}. */
function journalOf(data) {
  const program = `
import json, sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
for row in db.execute("SELECT seq, at_us, interaction, agent, kind, body FROM facts ORDER BY seq"):
    print(json.dumps(dict(zip(("seq", "at_us", "interaction", "agent", "kind", "body"), row[:5] + (json.loads(row[5]),)))))`;
  const text = execFileSync('python3', ['-c', program, path.join(data, 'db/yingsheng.db')], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  return text.trim().split('\n').map((line) => JSON.parse(line));
}

/**
 * load    Erlangs a desk on average: of ringing, talk and wrap-up; it comes in waves of `wave_s`
 * answer  {facts, kpi, citizens, desks}: the journal, `yingsheng kpi --json`, SIPp's totals of both sides
 */
export async function queueAtWork({ desks, seconds, load, wave_s, talk_s = 10, patience_s = 20 }) {
  const scenario = scenarioOf(desks);
  const server = await startServer({ scenario: `${scenario}/` });
  let phones, citizens;
  try {
    const [deskPort, citizenPort, control] = [await freeUdpPort(), await freeUdpPort(), await freeUdpPort()];
    const [host, port] = server.sip.split(':');
    await registerDesks(server, desks, deskPort);
    const rate = (load * desks) / (talk_s + ring_s + wrap_up_s);
    const calls = Math.round(rate * seconds);
    const stat = ['-trace_stat', '-stf', 'stat.csv', '-fd', '1', '-timeout', `${seconds + 400}s`, '-l', '15000'];
    const keys = { server_host: host, server_port: port, citizens_host: '127.0.0.1', citizens_port: citizenPort };
    phones = await startSipp(withMean(scenario, 'desk_works', 10, talk_s), {
      port: deskPort, calls: 10 * calls, args: [...stat, ...Object.entries(keys).flatMap(([k, v]) => ['-key', k, String(v)])],
    });
    citizens = await startSipp(withMean(scenario, 'citizen_waits', 20, patience_s), {
      target: server.sip, port: citizenPort, calls,
      args: [...stat, '-r', String(Math.ceil(rate)), '-cid_str', '%u@citizens', '-cp', String(control), '-inf', 'numbers.csv'],
      files: { 'numbers.csv': `SEQUENTIAL,PRINTF=${calls},PRINTFOFFSET=1\n139%08d\n` },
    });
    await makeWaves(control, rate, { wave_s, limit_s: seconds + 240 }, citizens.done);
    await until('SIPp’s citizens are through', () => citizens.child.exitCode !== null, { seconds: 5 });
    const code = citizens.child.exitCode;
    if (code !== 0) throw new Error(`SIPp’s citizens ended with ${code}: ${citizens.errors().slice(-2000)}`);
    await leavesNothing(server, 120);
    phones.child.kill('SIGUSR1'); // Ends once no call is left.
    await until('SIPp’s desks have no call left', () => phones.child.exitCode !== null, { seconds: 60 });
    const seen = { citizens: totalsOf(citizens), desks: totalsOf(phones) };
    await server.stop({ keep: true });
    const kpi = server.run('kpi', '--from', '2000-01-01T00:00:00Z', '--to', '2100-01-01T00:00:00Z');
    return { facts: journalOf(server.data), kpi, ...seen };
  } finally {
    await citizens?.stop();
    await phones?.stop();
    if (server.child.exitCode === null) server.child.kill('SIGKILL');
    fs.rmSync(server.data, { recursive: true, force: true });
    fs.rmSync(scenario, { recursive: true, force: true });
  }
}

/** Runs it and holds it to every law; answers what is worth printing. */
export async function lawfulQueueAtWork(setting) {
  const { facts, kpi, citizens, desks } = await queueAtWork(setting);
  const { broken, ...seen } = queueLaws(facts);
  assert.deepEqual(broken.slice(0, 20), [], `${broken.length} times a law was broken`);
  const counted = journalCounts(kpi);
  const ways = sippCounts(citizens, desks);
  const way = ways.find((w) => Object.entries(w).every(([name, n]) => counted[name] === n)) ?? ways[0];
  assert.deepEqual(counted, way ?? null, `SIPp: ${JSON.stringify({ citizens, desks })}`);
  const rings = facts.filter((f) => f.kind === 'Proposed').length;
  assert.equal(rings, desks.rung, 'each ring is one INVITE at a desk');
  // Without a queue and people who leave it, the laws say nothing.
  assert.ok(seen.overtakers_possible > 0 && counted.abandoned > 0, JSON.stringify({ ...seen, ...counted }));
  const { wait_max_ms, wait_mean_ms } = kpi.centres[0].calls;
  return { facts: facts.length, ...seen, ...counted, cancelled_rings: desks.cancelled, turned_away_by_load: citizens.refused, crossed: ways.length - 1, wait_max_ms, wait_mean_ms };
}
