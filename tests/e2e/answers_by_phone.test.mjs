// SPDX-License-Identifier: Apache-2.0
// What is known of a matter, said on the telephone: the article and version of page and desk, its words for the ear, compared sample
// by sample with the recording of the call.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { signIn, startServer } from './lib/server.mjs';
import { holds, spoken } from './lib/spoken.mjs';

const matter = 'id_card_lost';

test('by keys a caller hears the article that page and desk show, and a person is next', { timeout: 600_000 }, async () => {
  const server = await startServer({ scenario: 'certificates' });
  const agent = await phoneSeat(server, '1001', '8001', 440);
  const citizen = await startBaresip({ server, user: '13800001098' });
  try {
    const chief = await signIn(server, '0101');
    const article = (await agent.desk.api.get(`/articles?matter=${matter}`)).items[0];
    const { content, number: version } = (await agent.desk.api.get(`/articles/${article.id}`)).versions[0];
    await agent.fresh();
    citizen.dial('6300');
    await citizen.until('CALL_ESTABLISHED');
    for (const key of '53') citizen.key(key);
    const { path: way, interaction: call } = await agent.desk.inCall('talking', 90);
    const [asked] = bodies(await factsWith(agent.desk.api, call, 'QuestionAsked'), 'QuestionAsked');
    assert.deepEqual([asked.channel, asked.matter, asked.article, asked.version], ['keys', matter, article.id, version]);
    assert.ok(way.includes('id-lost') && way.includes('person'), way.join(' '));
    citizen.hangUp();
    await factsWith(agent.desk.api, call, 'CallEnded');
    const { right } = await recordingOf(server, chief, call);
    assert.ok(holds(right, spoken(content.texts.voice)), 'the words for the ear were heard whole');
    await leavesNothing(server);
  } finally {
    await citizen.stop();
    await agent.stop();
    await server.stop();
  }
});
