// SPDX-License-Identifier: Apache-2.0
// Waiting for a fact: asks again until it is true, and says what it waited for when it never is.
import { setTimeout as pause } from 'node:timers/promises';

export async function until(what, ask, { seconds = 20, every = 50 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${seconds} s for: ${what} (last: ${last?.stack ?? JSON.stringify(last)})`);
    await pause(every);
  }
}
