// SPDX-License-Identifier: Apache-2.0
// The program on a disk that forgets what was not synced (tests/powercut), and that disk afterwards.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { binary } from './server.mjs';

const built = path.resolve(path.dirname(binary), '../..');

/** Words before the program; the shadow is begun anew. */
export function onForgetfulDisk(data, shadow) {
  for (const part of ['content', 'names']) fs.mkdirSync(path.join(shadow, part), { recursive: true });
  // What is there before the start has been synced long ago.
  keepAll(data, '', shadow);
  const sanitizer = /(\S*libasan\S*) \(/.exec(execFileSync('ldd', [binary], { encoding: 'utf8' }))?.[1];
  const disk = path.join(built, 'tests/powercut/ys_powercut.so');
  // Without it nothing would be kept, and every run would look like a loss.
  if (!fs.existsSync(disk)) throw new Error(`${disk} is not there: the power-cut test needs the program of a build folder`);
  const preload = [sanitizer, disk].filter(Boolean).join(':');
  return ['env', `LD_PRELOAD=${preload}`, `YS_POWERCUT_OF=${data}`, `YS_POWERCUT_TO=${shadow}`];
}

function keyOf(file) {
  const { ino, birthtimeNs } = fs.lstatSync(file, { bigint: true });
  return `${ino}-${birthtimeNs / 1_000_000_000n}-${birthtimeNs % 1_000_000_000n}`;
}
function keepAll(folder, inside, shadow) {
  const lines = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    lines.push(`${entry.isDirectory() ? 'd' : 'f'} ${keyOf(at)} ${entry.name}\n`);
    if (entry.isDirectory()) keepAll(at, `${inside}|${entry.name}`, shadow);
    else fs.copyFileSync(at, path.join(shadow, 'content', keyOf(at)));
  }
  fs.writeFileSync(path.join(shadow, 'names', `root${inside}`), lines.join(''));
}

/** Puts into `data` what a power cut would have left of it. */
export function cutPower(data, shadow) {
  fs.rmSync(data, { recursive: true, force: true });
  const make = (folder, inside) => {
    fs.mkdirSync(folder, { recursive: true });
    const names = path.join(shadow, 'names', `root${inside}`);
    if (!fs.existsSync(names)) return;
    for (const line of fs.readFileSync(names, 'utf8').split('\n').filter(Boolean)) {
      const [, kind, key, name] = /^(\w) (\S+) (.*)$/.exec(line);
      const to = path.join(folder, name), content = path.join(shadow, 'content', key);
      if (kind === 'd') make(to, `${inside}|${name}`);
      else if (fs.existsSync(content)) fs.copyFileSync(content, to);
      else fs.writeFileSync(to, '');
    }
  };
  make(data, '');
  fs.rmSync(shadow, { recursive: true, force: true });
}
