// SPDX-License-Identifier: Apache-2.0
// Sentences that are made sound when a caller hears them: the same sound, and whether a recording holds it.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { readWav } from './audio.mjs';
import { binary, tempFolder } from './server.mjs';

/** What the program makes of a sentence, as a caller hears it: a WAV file. */
export function spokenFile(text) {
  const out = path.join(tempFolder('say'), 'said.wav');
  execFileSync(binary, ['say', text, '--out', out]);
  return out;
}
export const spoken = (text) => readWav(spokenFile(text)).channels[0];

/** Whether all of `sound` stands in `heard`, up to what A-law rounds off. A sentence begins with a frame, but right behind another. */
export function holds(heard, sound, frame = 160) {
  const near = (a, b) => Math.abs(a - b) <= 0.04 * Math.abs(b) + 0.0006;
  for (let at = 0; at + sound.length <= heard.length; at += frame) {
    let i = 0;
    while (i < sound.length && near(heard[at + i], sound[i])) ++i;
    if (i === sound.length) return true;
  }
  return false;
}
