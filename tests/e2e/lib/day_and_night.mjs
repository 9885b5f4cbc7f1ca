// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';
import { root, tempFolder } from './server.mjs';

/** The heating hotline with a day shift that never ends and people who may be rung at night, so that it is the same at any hour. */
export function dayAndNight() {
  const folder = path.join(tempFolder('crew'), 'heating');
  fs.cpSync(path.join(root, 'scenarios/heating'), folder, { recursive: true });
  const file = path.join(folder, 'scenario.toml');
  const repairers = /\[\[repairer\]\]\n(?:.+\n)+/g;
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(repairers, (one) => (
    one.includes('daily 08:00') ? one.replace('daily 08:00-20:00', 'daily 00:00-24:00') : ''))
    .replace(/from_hour = \d+\nto_hour = \d+\n/g, ''));
  return folder;
}
