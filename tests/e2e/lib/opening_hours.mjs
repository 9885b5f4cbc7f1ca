// SPDX-License-Identifier: Apache-2.0
// Opening hours as an administrator changes them, so that no test depends on the time it runs at.
import { signIn } from './server.mjs';

/** Hours of every queue of the named centres (all of them without names); '' is always. */
export async function setHours(server, hours, names = null) {
  const admin = await signIn(server, 'admin');
  const { items } = await admin.get('/centres');
  for (const centre of items.filter((c) => !names || names.includes(c.name))) {
    const { rules } = await admin.get(`/centres/${centre.id}/rules`);
    if (rules.queues.every((q) => q.hours === hours)) continue;
    for (const queue of rules.queues) queue.hours = hours;
    await admin.call('PUT', `/centres/${centre.id}/rules`, { rules, reason: '改服务时间' });
  }
}

/** Hours that do not hold now, nor within two days. */
export function notNow() {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const here = new Date(Date.now() + 8 * 3600_000).getUTCDay();
  return `${days[(here + 3) % 7]} 09:00-10:00`;
}
