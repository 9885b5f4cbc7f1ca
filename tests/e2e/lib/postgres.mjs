// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL 15 of the test's own, as an unprivileged user, in a folder that goes with it.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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
  const run = words(`${programs}/postgres`, '-D', `${folder}/data`, '-k', folder, '-h', '', '-c', 'shared_buffers=16MB');
  const child = spawn(run[0], run.slice(1), { stdio: ['ignore', out, out], cwd: '/' });
  const gone = new Promise((done) => child.on('exit', done));
  await until('PostgreSQL is up', () => fs.readFileSync(log, 'utf8').includes('ready to accept connections'), { seconds: 30 });
  return {
    url: `postgresql://ys@${encodeURIComponent(folder)}/postgres`,
    async stop() {
      child.kill('SIGQUIT');
      await gone;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
