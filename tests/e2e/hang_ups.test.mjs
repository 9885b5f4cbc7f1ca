// SPDX-License-Identifier: Apache-2.0
// Sixty callers hang up at random moments; nothing stays behind (long/hang_ups has a thousand).
import test from 'node:test';
import { randomHangUps } from './lib/random_hang_ups.mjs';

test('callers who hang up at random moments leave nothing behind', { timeout: 180_000 }, async (t) => {
  const seen = await randomHangUps({
    seats: [['1001', '8001'], ['1002', '8002']], calls: 60, atOnce: 12, longestMs: 9000, seed: 20261122,
    causes: ['completed', 'abandoned', 'left_in_flow'],
  });
  t.diagnostic(JSON.stringify(seen));
});
