// SPDX-License-Identifier: Apache-2.0
// Where a case stands, heard on the telephone: by the calling number, or by number and code on the keys.
import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const daughter = '13800001099', stranger = '13800001098';
let server, agent, clerk, chief, made, code, lastCall = 0;

before(async () => {
  server = await startServer();
  agent = await phoneSeat(server, '1001', '8001', 440);
  clerk = await signIn(server, '1001');
  chief = await signIn(server, '0101');
  made = await clerk.post('/cases', {
    kind: 'no_heat', title: '家里不热', contact_number: daughter,
    address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好'],
  });
  code = (await clerk.post(`/cases/${made.id}/code`, {})).code;
});
beforeEach(() => agent.fresh());
after(async () => {
  await agent?.stop();
  await server?.stop();
});

/** What the citizen's own page says of who looked, with the pass that the code gives. */
async function seenByPhone() {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/api/v1/citizen/passes`, { method: 'POST', headers, body: JSON.stringify({ number: made.number, code }) });
  const { pass } = await answer.json();
  const page = await (await fetch(`${server.url}/api/v1/citizen/case`, { headers: { 'x-case-pass': pass } })).json();
  return { times: page.seen.filter((s) => s.how === 'phone').length, now: page.now };
}

/** A citizen who presses `keys`, and once they hear `heard` `more`; the way they went until a person had them. */
async function wayOf(user, keys, heard, more = '') {
  const citizen = await startBaresip({ server, user });
  try {
    citizen.dial('6000');
    await citizen.until('CALL_ESTABLISHED');
    for (const key of keys) citizen.key(key);
    if (heard)
      await until(`they hear ${heard}`, async () => (await chief.get(`/calls/${lastCall + 1}/facts`)).items.some((f) => f.body.node === heard));
    for (const key of more) citizen.key(key);
    const { path, interaction } = await agent.desk.inCall('talking', 90);
    lastCall = interaction;
    citizen.hangUp();
    const facts = await factsWith(agent.desk.api, interaction, 'CallEnded');
    await agent.desk.inState('WrapUp');
    await leavesNothing(server);
    return { path, keys: bodies(facts, 'KeysPressed') };
  } finally {
    await citizen.stop();
  }
}

test('who calls from the number of their one open case hears it, and then a person is there', async () => {
  const { path } = await wayOf(daughter, '3');
  assert.deepEqual(path, ['greeting', 'known', 'menu', 'menu=3', 'status', 'status-after', 'person', 'repair']);
  assert.deepEqual(await seenByPhone(), { times: 1, now: 'waits_for_unit' });
});

test('from another telephone number and code open it; a wrong code is no dead end, and leaves only stars', async () => {
  const number = made.number.replace('-', '');
  const wrong = (code[0] === '9' ? '1' : '9') + code.slice(1);
  const { path, keys } = await wayOf(stranger, `3${number}#${wrong}`, 'status-wrong', `1${number}#${code}0`);
  assert.deepEqual(path, ['greeting', 'known', 'menu', 'menu=3', 'status',
    'status-number', `status-number=${number}`, 'status-code', 'status-code=******', 'status-keyed', 'status-wrong', 'status-wrong=1',
    'status-number', `status-number=${number}`, 'status-code', 'status-code=******', 'status-keyed', 'status-keyed=0', 'person', 'repair']);
  assert.ok(!JSON.stringify(keys).includes(code), 'the code is nowhere');
  assert.equal((await seenByPhone()).times, 2);
});

test('a person is one 0 away before anything is keyed', async () => {
  const { path } = await wayOf(stranger, '30#');
  assert.deepEqual(path.slice(4), ['status', 'status-number', 'status-number=0', 'person', 'repair']);
});
