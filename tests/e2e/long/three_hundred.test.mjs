// SPDX-License-Identifier: Apache-2.0
// Three hundred registered desks for ten minutes; YS_DESKS, YS_MINUTES and YS_LOAD say otherwise.
import test from 'node:test';
import { lawfulQueueAtWork } from '../lib/queue_at_work.mjs';

const of = (name, otherwise) => Number(process.env[name] ?? otherwise);
const [desks, minutes, load] = [of('YS_DESKS', 300), of('YS_MINUTES', 10), of('YS_LOAD', 0.9)];

// Steady arrivals at 0.9 hardly ever queue before so many desks. So they come in waves of a minute, 20 s of
// 1.5 Erlang a desk and 40 s of 0.6: queues of hundreds, people who leave them, and idle agents in between.
test(`${desks} desks on the wire for ${minutes} minutes at load ${load}`, { timeout: minutes * 60_000 + 600_000 }, async (t) => {
  const seen = await lawfulQueueAtWork({ desks, seconds: minutes * 60, load, wave_s: 60 });
  t.diagnostic(JSON.stringify(seen));
});
