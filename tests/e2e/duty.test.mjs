// SPDX-License-Identifier: Apache-2.0
// Night duty on the real wire: mobiles behind a trunk are rung in turn; who presses 1 has the citizen, a box has not.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startBaresip } from './lib/baresip.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { factsWith, hasFact, hears, masked } from './lib/seat.mjs';
import { signIn, startServer, tempFolder } from './lib/server.mjs';
import { freeUdpPort } from './lib/sipp.mjs';
import { startMobiles } from './lib/udp_mobile.mjs';
import { until } from './lib/wait.mjs';

const first = '13800009101', second = '13800009102'; // Of the demo's 6002.
const mobileHz = 880;
const plans = { [first]: 'busy', [second]: 'answer' };
let server, chief, mobiles, citizen, folder, taken;

before(async () => {
  const port = await freeUdpPort();
  folder = tempFolder('config');
  const config = path.join(folder, 'serve.toml');
  fs.writeFileSync(config, `[[trunk]]\nname = "carrier"\nhost = "127.0.0.1"\nport = ${port}\nsources = ["127.0.0.1"]\n`);
  server = await startServer({ args: ['--config', config] });
  chief = await signIn(server, '0101');
  mobiles = await startMobiles({ port, plans, toneHz: mobileHz });
  citizen = await startBaresip({ server, toneHz: 620, user: '13800001001' });
});
after(async () => {
  await citizen?.stop();
  mobiles?.stop();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
});
const lastCall = async () => (await chief.get('/calls')).items[0];

test('the first mobile is busy, the second takes the citizen by pressing 1', async () => {
  citizen.dial('6002');
  const mobile = await mobiles.answered(second);
  await until('the mobile hears what it is about', () => mobile.heard > 50);
  mobile.press(1);
  await hears(citizen, [mobileHz]);
  mobile.hangUp();
  await citizen.until('CALL_CLOSED');
  mobile.stop();
  const row = await until('the call is on the list', lastCall);
  taken = row.id;
  const facts = await factsWith(chief, row.id, 'CallEnded');
  hasFact(facts, 'DutyRung', { number: masked(first) });
  hasFact(facts, 'DutyEnded', { outcome: 'busy' });
  hasFact(facts, 'DutyRung', { number: masked(second) });
  hasFact(facts, 'DutyEnded', { outcome: 'taken' });
  hasFact(facts, 'PartyJoined', { role: 'third_party', party: masked(second) });
  hasFact(facts, 'CallEnded', { cause: 'completed' });
  await leavesNothing(server);
});

test('a box that answers does not swallow the citizen: they leave a message, which is a case', async () => {
  citizen.dial('6002');
  const box = await mobiles.answered(second);
  await until('the box was given up', () => box.ended, { seconds: 40 });
  await until('the tone was heard', async () => {
    const { items } = await chief.get(`/calls/${taken + 1}/facts`);
    return items.some((f) => f.kind === 'RecordingOpened' && f.body.purpose === 'voicemail');
  }, { seconds: 30 });
  await pause(2_000); // The citizen speaks.
  citizen.hangUp();
  const row = await until('a case of the message', async () => {
    const { items } = await chief.get('/cases');
    return items.find((c) => c.title === '语音留言');
  });
  const facts = await factsWith(chief, row.interaction_id, 'CallEnded');
  hasFact(facts, 'DutyEnded', { outcome: 'not_taken' });
  hasFact(facts, 'DutyEnded', { outcome: 'nobody' });
  hasFact(facts, 'CallEnded', { cause: 'left_message' });
  await leavesNothing(server);
});
