// SPDX-License-Identifier: Apache-2.0
// Many calls whose callers hang up at a random moment, with agents on phones who take what comes.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { figures, leavesNothing } from './leaves_nothing.mjs';
import { phoneSeat } from './seat.mjs';
import { quick, signIn, startServer } from './server.mjs';
import { dice, ring } from './udp_caller.mjs';
import { until } from './wait.mjs';

/** Ready again after every call, until told to stop. */
function keepWorking(seat) {
  let on = true;
  const work = (async () => {
    while (on) {
      const { state } = seat.desk.view;
      try {
        if (state === 'WrapUp') await seat.say('wrap_up_done', { disposition: '' });
        if (state === 'Break') await seat.say('ready');
      } catch (e) {
        if (!e.code) throw e; // Refused: the state moved on by itself.
      }
      await pause(20);
    }
  })();
  return async () => {
    on = false;
    await work;
  };
}

/** All records of calls, newest first. */
async function allCalls(api) {
  const all = [];
  for (let next = ''; ;) {
    const page = await api.get(`/calls?limit=200${next && `&after=${encodeURIComponent(next)}`}`);
    all.push(...page.items);
    next = page.next;
    if (!next) return all;
  }
}

/** Rings the robot of the quick scenario; every cause of `causes` must be among the ends. */
export async function randomHangUps({ seats, calls, atOnce, longestMs, seed, causes }) {
  const server = await startServer({ scenario: quick });
  const people = [];
  const stops = [];
  try {
    for (const [i, [login, phone]] of seats.entries()) people.push(await phoneSeat(server, login, phone, 400 + 60 * i));
    stops.push(...people.map(keepWorking));
    const api = await signIn(server, '0101');
    const random = dice(seed);
    const ends = {};
    let started = 0;
    const caller = async () => {
      while (started < calls) {
        const n = started++;
        // Squared: as many leave in the first moments as in all the rest.
        const patience = Math.round(random() ** 2 * longestMs);
        const call = await ring(server, { number: '6009', user: `139${String(n).padStart(8, '0')}` });
        const timer = setTimeout(call.hangUp, patience);
        const how = await call.ended;
        clearTimeout(timer);
        ends[how] = (ends[how] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, caller));
    await leavesNothing(server, 40);
    // The last call is over a moment before its record is on disk. What was turned away at the door
    // (503, no call built) is counted by cause and leaves no record.
    const served = calls - (ends['refused 503'] ?? 0);
    const records = await until(`one record a call; seed ${seed}, ends ${JSON.stringify(ends)}`, async () => {
      const all = await allCalls(api);
      if (all.length === served) return all;
      throw new Error(`${all.length} records of ${served} calls`);
    });
    const told = {};
    for (const r of records) told[r.cause] = (told[r.cause] ?? 0) + 1;
    for (const cause of causes) assert.ok(told[cause] > 0, `calls that ended as ${cause}: ${JSON.stringify(told)}`);
    assert.equal(told[''] ?? 0, 0, 'every record has a cause');
    assert.equal(ends['no answer from the server'] ?? 0, 0, JSON.stringify(ends));
    return { told, ends, figures: await figures(server) };
  } finally {
    for (const stop of stops) await stop();
    for (const seat of people) await seat.stop();
    await server.stop();
  }
}
