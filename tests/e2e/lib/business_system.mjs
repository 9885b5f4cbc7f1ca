// SPDX-License-Identifier: Apache-2.0
// A made-up business system as anybody can start it, and the settings that make a hotline ask it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { binary, root, tempFolder } from './server.mjs';

/** Starts `yingsheng simulate` on a free port; stop() ends it. */
export async function simulated(...words) {
  const child = spawn(binary, ['simulate', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.once('exit', done));
  const url = await new Promise((done, fail) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      if (text.includes('\n')) done(text.trim());
    });
    ended.then((code) => fail(new Error(`simulate ${words.join(' ')} ended with ${code}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export const gtfs = path.join(root, 'scenarios/bus/gtfs');

/** systems: [{name, url, kinds}]. @returns arguments for startServer */
export function asking(...systems) {
  const file = path.join(tempFolder('config'), 'config.toml');
  fs.writeFileSync(file, systems.map(({ name, url, kinds }) => `
[[business_system]]
name = "${name}"
url = "${url}"
kinds = ${JSON.stringify(kinds)}
allow = ["127.0.0.0/8"]
`).join(''));
  return ['--config', file];
}

/** The same asked twice within one minute: the time of the data stands in the sentence. */
export async function inOneMinute(ask, tries = 4) {
  for (let i = 0; ; ++i) {
    const minute = Math.floor(Date.now() / 60_000);
    const answer = await ask();
    if (Math.floor(Date.now() / 60_000) === minute || i === tries) return answer;
  }
}
