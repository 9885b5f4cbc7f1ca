// SPDX-License-Identifier: Apache-2.0
// Keys as packets and as sounds; the way to a person; a score; every codec; a page that is loaded again.
import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { keyAlaw } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { openDesk } from './lib/desk.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { factsWith, hasFact, hears, phoneSeat, talk } from './lib/seat.mjs';
import { quick, startServer } from './lib/server.mjs';
import { startSipp } from './lib/sipp.mjs';

const citizenHz = 700;
let server, agent;

before(async () => {
  server = await startServer({ scenario: quick });
  agent = await phoneSeat(server, '1001', '8001', 440);
});
beforeEach(() => agent.fresh());
after(async () => {
  await agent?.stop();
  await server?.stop();
});

/** A citizen who dials `number`; gone at the end. */
async function withCitizen(during, options = {}) {
  const citizen = await startBaresip({ server, toneHz: citizenHz, ...options });
  try {
    await during(citizen);
    await agent.desk.inState('WrapUp');
    await leavesNothing(server);
  } finally {
    await citizen.stop();
  }
}

test('digits typed ahead arrive in their order, and the agent sees them', () => withCitizen(async (citizen) => {
  citizen.dial('6009');
  await citizen.until('CALL_ESTABLISHED');
  for (const key of ['2', '4', '7', '1', '9']) citizen.key(key);
  const { path, interaction } = await agent.desk.inCall('talking', 30);
  assert.deepEqual(path, ['greeting', 'choice', 'choice=2', 'digits', 'digits=4719', 'desk']);
  citizen.hangUp();
  hasFact(await factsWith(agent.desk.api, interaction, 'CallEnded'), 'KeysPressed', { node: 'digits', keys: '4719' });
}));

test('0 reaches a person from wherever the robot is', () => withCitizen(async (citizen) => {
  citizen.dial('6009');
  await citizen.until('CALL_ESTABLISHED');
  citizen.key('2');
  citizen.key('0');
  const { path } = await agent.desk.inCall('talking', 30);
  assert.deepEqual(path.slice(0, 4), ['greeting', 'choice', 'choice=2', 'digits']);
  assert.equal(path.at(-1), 'desk');
  citizen.hangUp();
}));

test('a key that is only a sound is heard', async () => {
  const citizen = await startSipp('uac_inband', {
    target: server.sip, service: '6009',
    files: { 'silence.alaw': Buffer.alloc(8000 * 2, 0xd5), 'key.alaw': keyAlaw(697, 1209, 0.2) }, // 1
  });
  try {
    const { path } = await agent.desk.inCall('talking', 40);
    assert.ok(path.includes('news'), `the way was ${path}`);
    await agent.say('hang_up');
    await agent.desk.inState('WrapUp');
    assert.equal(await citizen.done, 0, citizen.errors());
    await leavesNothing(server);
  } finally {
    await citizen.stop();
  }
});

test('转满意度: the citizen’s key is kept as the score of the call', () => withCitizen(async (citizen) => {
  const call = await talk(citizen, agent, citizenHz);
  await agent.say('survey');
  await agent.desk.inState('WrapUp');
  citizen.key('5');
  await citizen.until('CALL_CLOSED');
  hasFact(await factsWith(agent.desk.api, call, 'CallEnded'), 'SurveyScored', { score: 5 });
  assert.equal((await agent.desk.api.get(`/calls/${call}`)).score, 5);
}));

for (const codec of ['PCMU/8000/1', 'G722/16000/1', 'opus/48000/1'])
  test(`a citizen on ${codec} and an agent on PCMA hear each other`, () => withCitizen(async (citizen) => {
    await talk(citizen, agent, citizenHz);
    assert.match(citizen.log(), new RegExp(`audio encoder: ${codec.split('/')[0]}`, 'i'));
    citizen.hangUp();
  }, { codec }));

test('a page that is loaded again gets the live call back', { timeout: 180_000 }, async () => {
  await agent.say('break', { reason: '小休' });
  const desk = await openDesk(server, '1003', { toneHz: 1330 });
  const citizen = await startBaresip({ server, toneHz: citizenHz });
  try {
    await desk.ready();
    citizen.dial('6000');
    await desk.inState('Alerted', 30);
    await desk.press('answer');
    await desk.hears(citizenHz);
    await desk.page.reload();
    await desk.inState('Busy');
    await desk.hears(citizenHz, 30);
    await hears(citizen, [1330], [citizenHz], { seconds: 40, clearAt: 0.02 });
    await desk.press('hang_up');
    await citizen.until('CALL_CLOSED');
    assert.deepEqual(desk.faults, []);
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    await desk.close();
  }
});
