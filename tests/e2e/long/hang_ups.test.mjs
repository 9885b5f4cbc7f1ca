// SPDX-License-Identifier: Apache-2.0
// A thousand callers hang up at random moments of the whole way: greeting, menu, queue, talk.
import test from 'node:test';
import { randomHangUps } from '../lib/random_hang_ups.mjs';

test('a thousand callers who hang up at random moments leave nothing behind', { timeout: 1_800_000 }, async (t) => {
  const seen = await randomHangUps({
    seats: [['1007', '1007'], ['1001', '8001'], ['1002', '8002']], calls: 1000, atOnce: 40,
    longestMs: 15_000, seed: Number(process.env.YS_SEED ?? 1), causes: ['completed', 'abandoned', 'left_in_flow'],
  });
  t.diagnostic(JSON.stringify(seen));
});
