// SPDX-License-Identifier: Apache-2.0
// SIPp as a citizen or as the world behind a trunk.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import path from 'node:path';
import { tempFolder } from './server.mjs';
import { until } from './wait.mjs';

export async function freeUdpPort(host = '127.0.0.1') {
  return new Promise((done) => {
    const s = dgram.createSocket('udp4');
    s.bind(0, host, () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });
}

/** Runs a scenario of sipp/, with `files` in its folder; `done` resolves with the exit code (0: every call went as written). */
export async function startSipp(scenario, { target = null, host = '127.0.0.1', port = 0, calls = 1, args = [], service = '6000', files = {} } = {}) {
  const dir = tempFolder('sipp');
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), bytes);
  const at = port || (await freeUdpPort(host));
  const file = path.resolve(import.meta.dirname, '../sipp', `${scenario}.xml`);
  const start = async () => {
    // The echo takes the port and the second after it: free when asked, perhaps not a moment later.
    const words = ['-sf', file, '-i', host, '-p', String(at), '-mi', host, '-mp', String(await freeUdpPort(host)), '-m', String(calls),
      '-nostdin', '-s', service, '-trace_err', '-error_file', path.join(dir, 'errors.txt'),
      '-timeout', '120s', ...args, ...(target ? [target] : [])];
    const out = fs.openSync(path.join(dir, 'out.txt'), 'w');
    const child = spawn('sipp', words, { cwd: dir, stdio: ['ignore', out, out] });
    const done = new Promise((end) => child.on('exit', (code) => end(code)));
    // A call that reaches a closed port is over before SIPp is there.
    const bound = `:${at.toString(16).toUpperCase().padStart(4, '0')} `;
    await until('SIPp listens', () => child.exitCode !== null || fs.readFileSync('/proc/net/udp', 'utf8').includes(bound));
    return { child, done };
  };
  let { child, done } = await start();
  for (let more = 4; child.exitCode > 0 && more > 0; more--) ({ child, done } = await start());
  if (child.exitCode > 0) throw new Error(`SIPp ended: ${fs.readFileSync(path.join(dir, 'out.txt'), 'utf8').slice(-2000)}`);
  return {
    address: `${host}:${at}`, child, done, dir,
    errors: () => (fs.existsSync(path.join(dir, 'errors.txt')) ? fs.readFileSync(path.join(dir, 'errors.txt'), 'utf8') : ''),
    async stop() {
      child.kill('SIGKILL');
      await done;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}
