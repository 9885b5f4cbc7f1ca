// SPDX-License-Identifier: Apache-2.0
// What is known of a matter, on every channel: by keys, by what a caller says, in a conversation and at the desk it is one article in
// one version; a caller hears its words for the ear, compared sample by sample with the recording of the call.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { writeWav } from './lib/audio.mjs';
import { startBaresip } from './lib/baresip.mjs';
import { ChatPage } from './lib/chat_page.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';
import { holds, spoken, spokenFile } from './lib/spoken.mjs';
import { until } from './lib/wait.mjs';

const matter = 'id_card_lost';
const rate = 8000;

/** 6300 as it comes, and a key behind which a caller says what they want. */
function listening() {
  const folder = path.join(tempFolder('spoken-to'), 'certificates');
  fs.cpSync(path.join(root, 'scenarios/certificates'), folder, { recursive: true });
  const file = path.join(folder, 'main.flow');
  const flow = fs.readFileSync(file, 'utf8').replace('  key 3 -> id-lost\n', '  key 3 -> id-lost\n  key 4 -> ask\n');
  fs.writeFileSync(file, `${flow}\nnode ask answer\n  say say-your-question\n  again 1\n  wait 12s\n  -> live-after\n`);
  return folder;
}
/** The sentences a caller may say, as the stand-in for a recogniser knows them. @returns arguments for startServer */
function knowing(...sentences) {
  const folder = tempFolder('sentences');
  sentences.forEach((text, i) => {
    fs.copyFileSync(spokenFile(text), path.join(folder, `${i}.wav`));
    fs.writeFileSync(path.join(folder, `${i}.txt`), text);
  });
  const file = path.join(tempFolder('config'), 'config.toml');
  fs.writeFileSync(file, `[speech]\nengine = "loopback"\ntest = true\nfolder = "${folder}"\n`);
  return ['--config', file];
}
/** A microphone that is still, says `text` after some seconds, and is still again. */
function saying(text, after) {
  const samples = new Float64Array((after + 60) * rate);
  if (text) samples.set(spoken(text), after * rate);
  const file = path.join(tempFolder('mouth'), 'mouth.wav');
  writeWav(file, samples);
  return file;
}

async function articleOf(api) {
  const { id } = (await api.get(`/articles?matter=${matter}`)).items[0];
  const { content, number } = (await api.get(`/articles/${id}`)).versions[0];
  return { id, version: number, voice: content.texts.voice };
}
/** A question of the matter that the robot is sure of. */
async function sureQuestion(api) {
  await until('the robot has learnt', async () => (await api.get(`/answers?q=${encodeURIComponent('身份证')}`)).certainty !== 'learning', { seconds: 240, every: 500 });
  for (const { text } of (await api.get(`/matters/${matter}/askings`)).items) {
    const heard = await api.get(`/answers?q=${encodeURIComponent(text)}`);
    if (heard.certainty === 'sure' && heard.choices[0].matter === matter) return { text, said: heard.found[0] };
  }
  throw new Error(`the robot is sure of no asking of ${matter}`);
}
/** Rings 6300, presses `keys`, waits for a person. @returns what was asked in the call, and what the caller heard */
async function ring(server, agent, chief, keys, meanwhile = async () => {}) {
  await agent.fresh();
  const citizen = await startBaresip({ server, user: '13800001098' });
  try {
    citizen.dial('6300');
    await citizen.until('CALL_ESTABLISHED');
    await meanwhile(citizen);
    for (const key of keys) citizen.key(key);
    const { path: way, interaction: call } = await agent.desk.inCall('talking', 120);
    const asked = bodies(await factsWith(agent.desk.api, call, 'QuestionAsked'), 'QuestionAsked');
    citizen.hangUp();
    await factsWith(agent.desk.api, call, 'CallEnded');
    await agent.desk.inState('WrapUp');
    const { right } = await recordingOf(server, chief, call);
    await leavesNothing(server);
    return { way, asked, heard: right };
  } finally {
    await citizen.stop();
  }
}

let question;

test('by keys, in a conversation and at the desk it is one article in one version', { timeout: 900_000 }, async () => {
  const server = await startServer({ scenario: 'certificates' });
  const agent = await phoneSeat(server, '1001', '8001', 440);
  try {
    const chief = await signIn(server, '0101');
    const article = await articleOf(agent.desk.api);
    question = await sureQuestion(agent.desk.api);
    const { way, asked, heard } = await ring(server, agent, chief, '53');
    assert.ok(way.includes('id-lost') && way.includes('person'), way.join(' '));
    assert.deepEqual(asked.map((a) => [a.channel, a.matter, a.article, a.version]), [['keys', matter, article.id, article.version]]);
    assert.ok(holds(heard, spoken(article.voice)), 'its words for the ear were heard whole');

    assert.deepEqual([question.said.article_id, question.said.version], [article.id, article.version], 'the desk shows it');
    const page = await new ChatPage(() => server, 'citizen').open();
    page.say(question.text);
    await page.sees('the answer', () => [...page.messages.values()].some((m) => m.author === 'robot' && m.article));
    const answer = [...page.messages.values()].find((m) => m.article);
    assert.deepEqual([answer.article, answer.version], [article.id, article.version], 'the conversation says it');
    page.close();
  } finally {
    await agent.stop();
    await server.stop();
  }
});

test('what a caller says over the telephone is heard, understood and answered with the same article', { timeout: 900_000 }, async () => {
  const server = await startServer({ scenario: listening(), args: knowing(question.text, '今天晚上的足球比赛几点开始') });
  const agent = await phoneSeat(server, '1001', '8001', 440);
  try {
    const chief = await signIn(server, '0101');
    await sureQuestion(agent.desk.api);
    const article = await articleOf(agent.desk.api);
    const still = saying('', 0);
    const { way, asked, heard } = await ring(server, agent, chief, '', async (citizen) => {
      citizen.speak(still);
      for (const key of '54') citizen.key(key);
      await until('it asks what they want', async () => bodies((await chief.get('/calls/1/facts')).items, 'FlowNodeEntered').some((b) => b.node === 'ask'), { seconds: 60 });
      citizen.speak(saying(question.text, 4));
    });
    assert.ok(way.includes('ask') && way.includes('live-after'), way.join(' '));
    assert.deepEqual(asked.map((a) => [a.channel, a.certainty, a.matter, a.article, a.version]), [['speech', 'sure', matter, article.id, article.version]]);
    assert.ok(holds(heard, spoken(article.voice)), 'its words for the ear were heard whole');
  } finally {
    await agent.stop();
    await server.stop();
  }
});
