// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL 15 of the test's own, as an unprivileged user, in a folder that goes with it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from './wait.mjs';

const programs = '/usr/lib/postgresql/15/bin';

/** PostgreSQL refuses to run as root: then it runs as the user of Debian's package. */
const asUser = () => (process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []);

export async function startPostgres() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ys-pg-'));
  const log = path.join(folder, 'log.txt');
  const out = fs.openSync(log, 'a');
  if (process.getuid() === 0) spawnSync('chown', ['postgres:postgres', folder]);
  const words = (...more) => [...asUser(), ...more];
  const make = words(`${programs}/initdb`, '--no-sync', '-D', `${folder}/data`, '-U', 'ys', '-A', 'trust', '-E', 'UTF8', '--locale=C');
  if (spawnSync(make[0], make.slice(1), { stdio: ['ignore', out, out], cwd: '/' }).status !== 0)
    throw new Error(`initdb: ${fs.readFileSync(log, 'utf8')}`);
  const start = async () => {
    // After a kill its people may still be leaving, and it says no until they have.
    for (let tries = 0; ; tries++) {
      const before = fs.statSync(log).size;
      const child = spawn(run[0], run.slice(1), { stdio: ['ignore', out, out], cwd: '/' });
      const gone = new Promise((done) => child.on('exit', () => done('gone')));
      const said = () => fs.readFileSync(log).subarray(before).toString();
      const is = await until('PostgreSQL is up', () => (said().includes('ready to accept connections') ? 'up' : child.exitCode !== null && 'gone'), { seconds: 30 });
      if (is === 'up') return { child, gone };
      if (tries > 20) throw new Error(said());
      await pause(50);
    }
  };
  const run = words(`${programs}/postgres`, '-D', `${folder}/data`, '-k', folder, '-h', '', '-c', 'shared_buffers=16MB');
  let now = await start();
  const url = `postgresql://ys@${encodeURIComponent(folder)}/postgres`;
  return {
    url,
    /** What kill -9 of the whole server leaves, and the same server again. */
    async killHard() {
      now.child.kill('SIGKILL');
      await now.gone;
    },
    async restart() {
      now = await start();
    },
    /** Rows of a query, as objects. */
    rows(sql) {
      const text = execFileSync(`${programs}/psql`, [url, '-At', '-c', `SELECT coalesce(json_agg(t), '[]') FROM (${sql}) t`], { encoding: 'utf8' });
      return JSON.parse(text);
    },
    async stop() {
      now.child.kill('SIGQUIT');
      await now.gone;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
