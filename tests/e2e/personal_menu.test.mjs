// SPDX-License-Identifier: Apache-2.0
// What a caller is likely to want is offered before the menu, by one key; nothing is offered of whom nothing is known, and who
// wants none of it says so once.
import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const known = '13800001099', stranger = '13800001098';
let server, agent, chief, lastCall = 0;

before(async () => {
  server = await startServer({ scenario: 'certificates' });
  agent = await phoneSeat(server, '1001', '8001', 440);
  chief = await signIn(server, '0101');
  await (await signIn(server, '1001')).post('/cases', { kind: 'complaint', title: '窗口办事慢', contact_number: known, demands: ['请回复'] });
});
beforeEach(() => agent.fresh());
after(async () => {
  await agent?.stop();
  await server?.stop();
});

/** Rings, presses `key` once something is offered, and `then` once the menu is there; until a person has them. */
async function ring(user, key, then) {
  const citizen = await startBaresip({ server, user });
  const saw = async (kind, of) => (await chief.get(`/calls/${lastCall + 1}/facts`)).items.find((f) => f.kind === kind && of(f.body));
  try {
    citizen.dial('6300');
    await citizen.until('CALL_ESTABLISHED');
    const guess = await until('it was looked what they may want', () => saw('MenuGuessed', () => true), { seconds: 60 });
    if (key) citizen.key(key);
    if (then) {
      await until('the menu is there', () => saw('FlowNodeEntered', (f) => f.node === 'menu'), { seconds: 60 });
      citizen.key(then);
    }
    const { path, interaction } = await agent.desk.inCall('talking', 120);
    lastCall = interaction;
    citizen.hangUp();
    const facts = await factsWith(agent.desk.api, interaction, 'CallEnded');
    await agent.desk.inState('WrapUp');
    await leavesNothing(server);
    return { guess: guess.body, path, guesses: bodies(facts, 'MenuGuessed') };
  } finally {
    await citizen.stop();
  }
}

test('who has a case in hand hears where it stands by one key', async () => {
  const { guess, path } = await ring(known, '1');
  assert.deepEqual(guess, { verb: 'offered', offered: 'case', why: 'open_case' });
  assert.deepEqual(path.slice(0, 6), ['greeting', 'known', 'likely', 'likely=1', 'status', 'status-after']);
});

test('of whom nothing is known hears the menu at once', async () => {
  const { guess, path } = await ring(stranger, '', '2');
  assert.deepEqual(guess, { verb: 'nothing', offered: '', why: '' });
  assert.deepEqual(path.slice(0, 5), ['greeting', 'known', 'likely', 'menu', 'menu=2']);
});

test('who wants no such offers says so once, and hears none when they ring again', async () => {
  const first = await ring(known, '9', '2');
  assert.deepEqual(first.guesses.map((g) => g.verb), ['offered', 'stopped']);
  assert.deepEqual(first.path.slice(0, 5), ['greeting', 'known', 'likely', 'likely=9', 'menu']);
  const second = await ring(known, '', '2');
  assert.deepEqual(second.guesses, [{ verb: 'nothing', offered: '', why: 'wants_none' }]);
});
