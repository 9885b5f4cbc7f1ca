// SPDX-License-Identifier: Apache-2.0
// Twenty registered desks and more citizens than they can take at once, for forty seconds of short
// calls (long/three_hundred has the real ones).
import test from 'node:test';
import { lawfulQueueAtWork } from './lib/queue_at_work.mjs';

test('twenty desks on the wire: nobody overtakes, nobody waits beside an idle agent, and the figures are SIPp’s', { timeout: 240_000 }, async (t) => {
  const seen = await lawfulQueueAtWork({ desks: 20, seconds: 40, load: 1, wave_s: 20, talk_s: 3, patience_s: 5 });
  t.diagnostic(JSON.stringify(seen));
});
