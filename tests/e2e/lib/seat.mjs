// SPDX-License-Identifier: Apache-2.0
// An agent at a SIP phone: a registered baresip and the desk's socket; and what phones hear.
import assert from 'node:assert/strict';
import { tone } from './audio.mjs';
import { startBaresip } from './baresip.mjs';
import { openDeskSocket } from './desk_socket.mjs';
import { until } from './wait.mjs';

// Phones play 0.3. On a loaded machine frames are late, and a tone in pieces is heard a little at every frequency.
export const clear = 0.08;
export const silent = 0.025;

/** Signs `login` in at phone `address`; auto: the phone takes every call by itself. */
export async function phoneSeat(server, login, address, toneHz, { auto = true, ready = true, tls = false } = {}) {
  const phone = await startBaresip({ server, toneHz, auto, tls, account: { user: address, password: server.demo_password } });
  await until(`phone ${address} is registered`, () => /200 OK \(.*binding/.test(phone.log()));
  const desk = await openDeskSocket(server, login);
  await desk.say('sign_in', { seat: { kind: 'sip_phone', address } });
  if (ready) {
    await desk.say('ready');
    await desk.inState('Ready');
  }
  return {
    login, desk, phone, hz: toneHz, id: desk.id, say: desk.say,
    /** Ready for the next call, whatever the last left behind. */
    async fresh() {
      if (desk.view.state === 'WrapUp') await desk.say('wrap_up_done', { disposition: '' });
      if (desk.view.state !== 'Ready') await desk.say('ready');
      await desk.inState('Ready');
    },
    async stop() {
      desk.close();
      await phone.stop();
    },
  };
}

/** Waits until the last second this phone heard holds every tone of `yes` and none of `no`. */
export async function hears(phone, yes, no = [], { seconds = 20, clearAt = clear } = {}) {
  const begun = phone.heard()?.channels[0].length ?? 0;
  let last = null;
  await until(`hears ${yes} Hz and not ${no} Hz`, () => {
    const heard = phone.heard();
    if (!heard) return false;
    const { rate, channels: [all] } = heard;
    if (all.length < begun + rate * 1.2) return false;
    const tail = all.subarray(-rate);
    const halves = [tail.subarray(0, rate / 2), tail.subarray(rate / 2)];
    last = Object.fromEntries([...yes, ...no].map((hz) => [hz, halves.map((h) => Number(tone(h, hz, rate).toFixed(4)))]));
    return yes.every((hz) => Math.min(...last[hz]) > clearAt) && no.every((hz) => Math.max(...last[hz]) < silent);
  }, { seconds, every: 100 }).catch((e) => { throw new Error(`${e.message}; heard ${JSON.stringify(last)}`); });
}

/** A citizen rings 6000 and is with `seat`, past 工号…为您服务. */
export async function talk(citizen, seat, citizenHz, others = []) {
  citizen.dial('6000');
  await seat.desk.inCall('talking', 30);
  await hears(seat.phone, [citizenHz], [seat.hz, ...others]);
  await hears(citizen, [seat.hz], [citizenHz, ...others]);
  return seat.desk.view.interaction;
}

/** The facts of one call, once one of `kind` is among them. */
export const factsWith = (api, call, kind, seconds = 15) => until(`${kind} of call ${call}`, async () => {
  const { items } = await api.get(`/calls/${call}/facts`);
  return items.some((f) => f.kind === kind) && items;
}, { seconds });

export const bodies = (facts, kind) => facts.filter((f) => f.kind === kind).map((f) => f.body);

export function hasFact(facts, kind, wanted) {
  const found = bodies(facts, kind);
  const fits = (b) => Object.entries(wanted).every(([k, v]) => b[k] === v);
  assert.ok(found.some(fits), `no ${kind} ${JSON.stringify(wanted)} among ${JSON.stringify(found)}`);
}

/** As somebody who did not talk with them reads a number. */
export const masked = (number) => `${number.slice(0, 3)}****${number.slice(number.length >= 11 ? -4 : -2)}`;
