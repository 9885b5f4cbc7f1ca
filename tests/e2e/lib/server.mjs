// SPDX-License-Identifier: Apache-2.0
// The real program, started on free ports with a data folder of its own.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './wait.mjs';

export const root = path.resolve(import.meta.dirname, '../../..');
export const binary = process.env.YS_BINARY ?? path.join(root, 'build/asan/src/app/yingsheng');
export const prompts = process.env.YS_PROMPTS ?? path.join(root, 'build/prompts');
/** A scenario without a robot: what follows the answer is reached in a second. */
export const quick = path.join(root, 'tests/e2e/scenarios/quick');

export function tempFolder(name) {
  return fs.mkdtempSync(path.join(os.tmpdir(), `ys-${name}-`));
}

/** Starts `yingsheng serve` (lan: as `make run LAN=1` does); stop() ends it and fails when it did not end cleanly. */
export async function startServer({ scenario = 'heating', args = [], host = '127.0.0.1', lan = false, wrap = [], data = tempFolder('data') } = {}) {
  const ready = path.join(data, 'ready.json');
  const where = lan ? ['--lan'] : ['--http', `${host}:0`, '--sip', `${host}:0`];
  const command = [...wrap, binary, 'serve', '--data', path.join(data, 'db'), ...where,
    '--scenario', scenario, '--prompts', prompts, '--ready-file', ready, ...args];
  fs.rmSync(ready, { force: true });
  const log = fs.openSync(path.join(data, 'log.txt'), 'w');
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', log, log] });
  const exited = new Promise((done) => child.on('exit', (code, signal) => done({ code, signal })));
  let ended = null;
  exited.then((e) => (ended = e));
  const text = () => fs.readFileSync(path.join(data, 'log.txt'), 'utf8');
  await until('the server is ready', () => ended || fs.existsSync(ready), { seconds: 60 }).catch((e) => {
    child.kill('SIGKILL');
    throw new Error(`${e.message}\n${text().slice(-4000)}`);
  });
  if (ended) throw new Error(`server ended: ${JSON.stringify(ended)}\n${text()}`);
  const at = JSON.parse(fs.readFileSync(ready, 'utf8'));
  return {
    ...at, data, child, log: text,
    url: at.http,
    /** keep: the data folder stays, for a second start. */
    async stop({ keep = false } = {}) {
      if (!ended) child.kill('SIGTERM');
      const e = await Promise.race([exited, until('server to end', () => ended, { seconds: 30 })]);
      if (e.code !== 0) throw new Error(`server ended with ${JSON.stringify(e)}\n${text().slice(-6000)}`);
      if (!keep) fs.rmSync(data, { recursive: true, force: true });
    },
    run(...words) {
      return JSON.parse(execFileSync(binary, [...words, '--json', '--data', path.join(data, 'db')], { encoding: 'utf8' }));
    },
  };
}

/** A signed-in HTTP client of the API. */
export async function signIn(server, login, password = server.demo_password) {
  const answer = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`sign-in of ${login}: ${answer.status} ${await answer.text()}`);
  const session = await answer.json();
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const call = async (method, where, body, headers = {}) => {
    const a = await fetch(`${server.url}/api/v1${where}`, {
      method, headers: { cookie, 'x-csrf': session.csrf, 'content-type': 'application/json', origin: server.url, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!a.ok) throw new Error(`${method} ${where}: ${a.status} ${await a.text()}`);
    return (a.headers.get('content-type') ?? '').includes('json') ? a.json() : Buffer.from(await a.arrayBuffer());
  };
  const patchBytes = async (where, bytes) => {
    const a = await fetch(`${server.url}/api/v1${where}`, {
      method: 'PATCH', headers: { cookie, 'x-csrf': session.csrf, origin: server.url }, body: bytes,
    });
    if (!a.ok) throw new Error(`PATCH ${where}: ${a.status} ${await a.text()}`);
    return a.json();
  };
  return { session, cookie, patchBytes, get: (w) => call('GET', w), post: (w, b, h) => call('POST', w, b, h), call };
}
