// SPDX-License-Identifier: Apache-2.0
// What was acknowledged is there, once: after kill -9, after a power cut, and on PostgreSQL.
import assert from 'node:assert/strict';
import test from 'node:test';
import { caseCrashes } from './lib/case_crash.mjs';
import { startPostgres } from './lib/postgres.mjs';

const runs = Number(process.env.YS_CRASHES ?? 20);
const seed = Number(process.env.YS_SEED ?? 1);
const enough = (seen) => assert.ok(seen.acknowledged >= runs && seen.attachments >= runs && seen.notices >= runs, JSON.stringify(seen));

test('kill -9 loses and doubles nothing that was acknowledged', { timeout: 1_200_000 }, async (t) => {
  const seen = await caseCrashes({ runs, seed });
  t.diagnostic(JSON.stringify(seen));
  enough(seen);
});

test('a power cut loses and doubles nothing that was acknowledged', { timeout: 1_200_000 }, async (t) => {
  const seen = await caseCrashes({ runs, seed: seed + 1, disk: 'forgetful' });
  t.diagnostic(JSON.stringify(seen));
  enough(seen);
});

test('on PostgreSQL neither the end of the program nor of the database loses or doubles anything', { timeout: 1_200_000 }, async (t) => {
  const postgres = await startPostgres();
  try {
    const seen = await caseCrashes({ runs, seed: seed + 2, postgres });
    t.diagnostic(JSON.stringify(seen));
    enough(seen);
  } finally {
    await postgres.stop();
  }
});
