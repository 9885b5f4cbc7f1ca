// SPDX-License-Identifier: Apache-2.0
// What a hotline without calls holds: nothing.
import { until } from './wait.mjs';

/** The browsers' shared socket stays for as long as the program runs. */
const kept = { ys_media_sockets: 1 };
const gauges = ['ys_legs', 'ys_media_legs', 'ys_media_sockets', 'ys_recordings_open', 'ys_interactions', 'ys_sip_dialogs', 'ys_agents_busy'];

export async function figures(server) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const read = (name) => {
    const found = text.match(new RegExp(`^${name} (\\S+)$`, 'm'));
    if (!found) throw new Error(`no figure ${name} in ${text}`);
    return Number(found[1]);
  };
  return Object.fromEntries(gauges.map((name) => [name, read(name)]));
}

export async function leavesNothing(server, seconds = 15) {
  await until('no call leaves anything behind', async () => {
    const now = await figures(server);
    const left = Object.entries(now).filter(([name, n]) => n > (kept[name] ?? 0));
    if (left.length > 0) throw new Error(`left: ${JSON.stringify(left)}`);
    return true;
  }, { seconds });
}
