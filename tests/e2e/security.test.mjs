// SPDX-License-Identifier: Apache-2.0
// What callers say about themselves is only ever text; doors are for who may pass; secret digits are nowhere.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { loudest, tone } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { openSocket } from './lib/desk_socket.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { phoneSeat, talk } from './lib/seat.mjs';
import { quick, signIn, startServer } from './lib/server.mjs';
import { ring } from './lib/udp_caller.mjs';
import { until } from './lib/wait.mjs';

let server;
before(async () => { server = await startServer({ scenario: quick }); });
after(() => server?.stop());

test('a caller named like markup or a command is shown as text', { timeout: 240_000 }, async () => {
  const desk = await openDesk(server, '1003');
  let alerted = 0;
  desk.page.on('dialog', (d) => { alerted++; d.dismiss(); });
  const api = await signIn(server, '0101');
  try {
    await desk.ready();
    for (const name of ['<img src=x onerror=alert(1)>', '$(touch yingsheng-was-here)']) {
      const call = await ring(server, { name, user: '13900000042' });
      await desk.inState('Alerted', 30);
      await desk.page.getByText(name).first().waitFor();
      call.hangUp();
      await call.ended;
      await until(`a record of ${name}`, async () => {
        const { items } = await api.get('/calls');
        if (items.some((c) => c.display_name === `${name[0]}**`)) return true; // Masked: she did not talk with them.
        throw new Error(JSON.stringify(items));
      });
      await desk.inState('Ready', 30);
    }
    await desk.page.goto(`${server.url}/calls`);
    await desk.page.locator('body').waitFor();
    assert.equal(await desk.page.locator('img[src=x]').count(), 0, 'no element was made of it');
    assert.equal(alerted, 0, 'no script ran');
    assert.ok(!fs.existsSync('yingsheng-was-here') && !fs.existsSync(path.join(server.data, 'yingsheng-was-here')));
    await leavesNothing(server);
  } finally {
    await desk.close();
  }
});

test('the desk’s WebSocket is refused to other origins and to strangers', async () => {
  const { cookie } = await signIn(server, '1001');
  const open = (headers) => openSocket(server, '/api/v1/desk', headers, () => {});
  (await open({ cookie })).close();
  for (const origin of ['http://evil.example', 'null', `${server.url}.evil.example`])
    await assert.rejects(open({ cookie, origin }), { status: 403 });
  await assert.rejects(open({}), { status: 401 });
});

test('routes of other roles are refused', async () => {
  const status = async (login, method, where, body) => {
    const api = await signIn(server, login);
    return api.call(method, where, body).then(() => 200, (e) => Number(e.message.match(/: (\d{3}) /)?.[1]));
  };
  assert.equal(await status('1001', 'GET', '/audit'), 403);
  assert.equal(await status('1001', 'GET', '/users'), 403);
  assert.equal(await status('0101', 'GET', '/audit'), 403);
  assert.equal(await status('0410', 'GET', '/calls'), 403);
  assert.equal(await status('0310', 'POST', '/cases', {}), 403);
  assert.equal(await status('admin', 'GET', '/audit'), 200);
  const api = await signIn(server, '1001');
  await assert.rejects(api.call('POST', '/customers', { name: '某' }, { 'x-csrf': 'wrong' }), / 403 /);
});

/** Every file below `folder` that holds `words`. */
function holding(folder, words) {
  return fs.readdirSync(folder, { recursive: true })
    .map((f) => path.join(folder, f))
    .filter((f) => fs.statSync(f).isFile() && fs.readFileSync(f).includes(words));
}

test('digits pressed during secure input are in no recording, log or database', { timeout: 120_000 }, async () => {
  const digits = '739146285';
  const agent = await phoneSeat(server, '1001', '8001', 440);
  const citizen = await startBaresip({ server, toneHz: 770 }); // The lower tone of the keys 4, 5 and 6.
  try {
    const call = await talk(citizen, agent, 770);
    await agent.say('secure_input', { on: true });
    await agent.desk.sees('secure input', (v) => v.is_secure);
    for (const d of digits) citizen.key(d);
    const length = () => agent.phone.heard().channels[0].length;
    const begun = length();
    await until('four more seconds of sound, keys and all', () => length() > begun + 4 * 8000);
    await agent.say('secure_input', { on: false });
    await agent.desk.sees('no secure input', (v) => !v.is_secure);
    citizen.hangUp();
    await agent.desk.inState('WrapUp');
    const { left, rate, marks, outcome, facts } = await recordingOf(server, agent.desk.api, call);
    assert.equal(outcome, 'complete', 'a secure span is no gap');
    assert.deepEqual(marks.map((m) => [m.span, m.begins]), [['secure_input', true], ['secure_input', false]]);
    const [from, to] = marks.map((m) => Math.round((m.at_ms / 1000) * rate));
    assert.ok(loudest(left.subarray(0, from), 770, rate) > 0.08, 'before it the citizen is recorded');
    const span = left.subarray(from + rate / 4, to - rate / 4);
    for (const hz of [697, 770, 852, 941, 1209, 1336, 1477])
      assert.ok(tone(span, hz, rate) < 0.002 && loudest(span, hz, rate, 0.1) < 0.01, `${hz} Hz is in the secure span`);
    assert.ok(!JSON.stringify(facts).includes(digits));
    await leavesNothing(server);
    assert.deepEqual(holding(server.data, digits), [], 'the digits are in no file');
    assert.ok(holding(server.data, 'secure_input').length > 0, 'the search would have found them');
  } finally {
    await citizen.stop();
    await agent.stop();
  }
});
