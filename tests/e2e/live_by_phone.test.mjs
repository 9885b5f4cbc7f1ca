// SPDX-License-Identifier: Apache-2.0
// What business systems know right now, heard on the telephone: by number and digits on the keys, the sentence of page and desk,
// compared sample by sample with the recording of the call; the agent who takes the call sees it again; a slow, wrong or broken
// system is a sentence and then a person.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { readWav } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { asking, gtfs, inOneMinute, simulated } from './lib/business_system.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { prompts, signIn, startServer } from './lib/server.mjs';
import { holds, spoken } from './lib/spoken.mjs';
import { until } from './lib/wait.mjs';

const mine = { kind: 'Application', number: 'QT20260002', digits: '100002', route: '' };
const keys = '420260002100002';
const cannot = '现在查不到，可以请人工帮您。';

/** Behind secret digits a recording is silent a moment longer, so that no late key is in it: the rest of the sentence is compared. */
const afterDigits = (sound) => sound.subarray(8000);

/** A hotline that asks `systems`, one agent at a telephone; `work` is given both and a way to ring. */
async function hotline(scenario, number, systems, work) {
  const server = await startServer({ scenario, args: asking(...systems) });
  const agent = await phoneSeat(server, '1001', '8001', 440);
  const chief = await signIn(server, '0101');
  let last = 0;
  const ring = async (pressed) => {
    await agent.fresh();
    const citizen = await startBaresip({ server, user: '13800001098' });
    try {
      citizen.dial(number);
      await citizen.until('CALL_ESTABLISHED');
      for (const key of pressed) citizen.key(key);
      const call = ++last;
      const look = await until('it was looked up', async () => (await chief.get(`/calls/${call}/facts`)).items.find((f) => f.kind === 'LiveLookedUp'), { seconds: 60 });
      return { call, citizen, at: Date.parse(look.at) };
    } catch (error) {
      await citizen.stop();
      throw error;
    }
  };
  /** Until the agent has them, and then until all is over. */
  const toPerson = async ({ call, citizen }, meanwhile = async () => {}) => {
    try {
      const { path: way, interaction } = await agent.desk.inCall('talking', 90);
      assert.equal(interaction, call);
      await meanwhile();
      citizen.hangUp();
      await factsWith(agent.desk.api, call, 'CallEnded');
      await agent.desk.inState('WrapUp');
      await leavesNothing(server);
      return { way, ...(await recordingOf(server, chief, call)) };
    } finally {
      await citizen.stop();
    }
  };
  const asCitizen = async (body) => (await fetch(`${server.url}/api/v1/citizen/live-answers`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  })).json();
  /** Rings, and asks the page in the minute in which it was looked up for the caller: the time stands in the sentence. */
  const ringAndAsk = async (pressed, body) => {
    for (;;) {
      const rung = await ring(pressed);
      const { sentence } = await asCitizen(body);
      if (Math.floor(rung.at / 60_000) === Math.floor(Date.now() / 60_000)) return { rung, sentence };
      await toPerson(rung);
    }
  };
  try {
    await work({ agent, ring, ringAndAsk, toPerson, asCitizen });
  } finally {
    await agent.stop();
    await server.stop();
  }
}

test('by keys, page and desk it is the same sentence with the same time, and the agent has it before them', async () => {
  const quota = await simulated('quota');
  try {
    await hotline('car-quota', '6200', [{ name: 'quota', url: quota.url, kinds: ['Application'] }], async ({ agent, ringAndAsk, toPerson, asCitizen }) => {
      const { rung, sentence: page } = await ringAndAsk(keys, mine);
      const { way, right, facts } = await toPerson(rung, async () => {
        const [desk, again] = await inOneMinute(async () => [await agent.desk.api.post('/live-answers/caller', {}), await asCitizen(mine)]);
        assert.equal(desk.is_asked, true);
        assert.equal(desk.told.sentence, again.sentence);
      });
      assert.match(page, /截至\d\d:\d\d/);
      assert.ok(holds(right, afterDigits(spoken(page))), `the caller heard “${page}”`);
      assert.deepEqual(way.slice(3), ['menu=4', 'application', 'application=20260002', 'application-digits', 'application-digits=******', 'application-live', 'application-after', 'person', 'apply']);
      assert.ok(!JSON.stringify(facts).includes('100002'), 'the digits are nowhere');
      assert.deepEqual(bodies(facts, 'LiveLookedUp').map((b) => [b.channel, b.outcome]), [['keys', 'known']]);
    });
  } finally {
    await quota.stop();
  }
});

test('wrong digits are said so, and a person is there', async () => {
  const quota = await simulated('quota');
  try {
    await hotline('car-quota', '6200', [{ name: 'quota', url: quota.url, kinds: ['Application'] }], async ({ ring, toPerson, asCitizen }) => {
      const { way, right } = await toPerson(await ring('420260003999999'));
      assert.ok(holds(right, afterDigits(spoken((await asCitizen({ ...mine, number: 'QT20260003', digits: '999998' })).sentence))));
      assert.deepEqual(way.slice(-3), ['application-live', 'person', 'apply']);
    });
  } finally {
    await quota.stop();
  }
});

test('the next buses of a stop by the number on its pole, said to be of the timetable', async () => {
  const bus = await simulated('bus', '--gtfs', gtfs);
  try {
    await hotline('bus', '6100', [{ name: 'bus', url: bus.url, kinds: ['Stop'] }], async ({ ringAndAsk, toPerson }) => {
      const { rung, sentence: page } = await ringAndAsk('502', { kind: 'Stop', number: '文化路口', digits: '', route: '' });
      const { right } = await toPerson(rung);
      assert.match(page, /时刻表/);
      assert.ok(holds(right, spoken(page)), `the caller heard “${page}”`);
    });
  } finally {
    await bus.stop();
  }
});

for (const [fault, words] of [['slow', ['--slow']], ['wrong', ['--wrong']], ['down', ['--down-every', '1']]])
  test(`a ${fault} system is one sentence on the telephone, and then a person`, async () => {
    const broken = await simulated('quota', ...words);
    try {
      await hotline('car-quota', '6200', [{ name: 'quota', url: broken.url, kinds: ['Application'] }], async ({ ring, toPerson, asCitizen }) => {
        const { way, right } = await toPerson(await ring(keys));
        assert.equal((await asCitizen(mine)).sentence, cannot);
        assert.ok(holds(right, afterDigits(readWav(path.join(prompts, 'live-not-seen.wav')).channels[0])), 'the caller heard the same');
        assert.deepEqual(way.slice(-3), ['application-live', 'person', 'apply']);
      });
    } finally {
      await broken.stop();
    }
  });
