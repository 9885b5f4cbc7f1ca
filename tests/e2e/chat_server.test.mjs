// SPDX-License-Identifier: Apache-2.0
// Conversations in writing against the program itself: the robot answers with the version the desk shows; who asks for a person gets
// one, in the order they asked; a message out of hours is a case; nothing acknowledged is lost over kill -9, and nothing is doubled.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { ChatPage } from './lib/chat_page.mjs';
import { openDeskSocket } from './lib/desk_socket.mjs';
import { signIn, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const chatsOf = (desk) => desk.words.filter((w) => w.type === 'chats').at(-1)?.chats;

test('robot, person, article, rating: one conversation, and its facts', { timeout: 600_000 }, async () => {
  const server = await startServer();
  try {
    const agent = await openDeskSocket(server, '1001');
    await until('the robot has learnt', async () => (await agent.api.get(`/answers?q=${encodeURIComponent('暖气')}`)).certainty !== 'learning', { seconds: 240, every: 500 });
    let question;
    for (const { text } of (await agent.api.get('/matters/heating_not_warm/askings')).items) {
      const heard = await agent.api.get(`/answers?q=${encodeURIComponent(text)}`);
      if (heard.certainty === 'sure' && heard.choices[0].matter === 'heating_not_warm') { question = { text, said: heard.found[0] }; break; }
    }
    const page = await new ChatPage(() => server, 'citizen').open();
    page.say(question.text);
    await page.sees('the answer', () => [...page.messages.values()].some((m) => m.author === 'robot' && m.article));
    const answer = [...page.messages.values()].find((m) => m.article);
    assert.deepEqual([answer.article, answer.version, answer.article_title],
      [question.said.article_id, question.said.version, question.said.title], 'the desk and the chat say the same version');

    const turns = () => page.said().filter((s) => s.startsWith('robot')).length;
    for (const nonsense of ['帮我写一首关于月亮的诗', '今晚的足球几比几']) {
      const before = turns();
      page.say(nonsense);
      await page.sees('that it was not understood', () => turns() > before);
    }
    await page.sees('a person offered', () => page.chat.offers_person);
    page.send({ type: 'ask_person' });
    await page.sees('its place', () => page.chat.state === 'waiting' && page.chat.position === 1);
    await agent.say('chat_ready', { at_once: 3 });
    await page.sees('the agent', () => page.chat.state === 'with_agent' && page.chat.agent_name === '1001');
    await until('the desk has it', () => chatsOf(agent)?.items.length === 1);
    await agent.say('chat_say', { chat: page.id, key: 'a1', text: '您好，我是1001' });
    await agent.say('chat_say', { chat: page.id, key: 'a2', text: '', article: answer.article, version: answer.version });
    await assert.rejects(agent.say('chat_say', { chat: page.id, key: 'a3', text: '', article: answer.article, version: answer.version + 7 }), /chat_article_not_said/);
    await page.sees('the article', () => page.said().filter((s) => s.startsWith('agent')).length === 2);
    await agent.say('chat_end', { chat: page.id });
    await page.sees('the end', () => page.chat.state === 'ended');
    page.send({ type: 'rate', stars: 5, words: '谢谢' });
    await page.sees('its rating', () => page.chat.state === 'rated');

    const supervisor = await signIn(server, '0101');
    const row = (await supervisor.get('/chats')).items[0];
    assert.deepEqual([row.state, row.stars, row.rating_words, row.agent_name], ['rated', 5, '谢谢', agent.api.session.user.name]);
    const story = await supervisor.get(`/chats/${page.id}`);
    assert.deepEqual(story.messages.map((m) => m.number), story.messages.map((_, n) => n + 1), 'numbers without gaps');
    assert.equal(story.messages.find((m) => m.article).article_title, question.said.title, 'the source has its name in the story, too');
    const stranger = await openDeskSocket(server, '1002');
    assert.equal((await stranger.api.get('/chats')).items.length, 0, 'an agent sees their own only');
    await assert.rejects(stranger.api.get(`/chats/${page.id}`), / 404 /);
    stranger.close();
    page.close();
    agent.close();
  } finally {
    await server.stop();
  }
});

test('kill -9 loses nothing that was acknowledged and doubles nothing', { timeout: 900_000 }, async () => {
  const data = tempFolder('chat-kill'), citizens = 10, kills = 5;
  let server = await startServer({ data });
  const pages = Array.from({ length: citizens }, (_, n) => new ChatPage(() => server, `c${n}`));
  await Promise.all(pages.map((p) => p.open()));
  for (const page of pages) page.send({ type: 'ask_person' });
  let isOver = false, acknowledged = 0;
  const writing = pages.map(async (page) => {
    for (let n = 0; !isOver; n++) {
      if (page.unacknowledged.size < 3) page.say(`第${n}句`);
      await until(`${page.name} may go on`, () => isOver || page.unacknowledged.size < 3, { seconds: 120, every: 20 });
      if (n > 400) break;
    }
  });
  for (let kill = 0; kill < kills; kill++) {
    const before = acknowledged;
    await until('some more is acknowledged', () => {
      acknowledged = pages.reduce((sum, p) => sum + p.sent - p.unacknowledged.size, 0);
      return acknowledged > before + 15;
    }, { seconds: 120, every: 2 });
    server.child.kill('SIGKILL');
    await until('the program is gone', () => server.child.signalCode || server.child.exitCode !== null);
    server = await startServer({ data });
    await Promise.all(pages.map((p) => p.open()));
  }
  isOver = true;
  await Promise.all(writing);
  await until('all is acknowledged', () => pages.every((p) => p.unacknowledged.size === 0), { seconds: 120 });
  const supervisor = await signIn(server, '0101');
  for (const page of pages) {
    const { messages } = await supervisor.get(`/chats/${page.id}`);
    assert.deepEqual(messages.map((m) => m.number), messages.map((_, n) => n + 1));
    const keys = messages.filter((m) => m.author === 'citizen').map((m) => m.key);
    assert.deepEqual([...keys].sort(), Array.from({ length: page.sent }, (_, n) => `${page.name}-${n + 1}`).sort(), `every key of ${page.name} once`);
    page.close();
  }
  await server.stop();
  fs.rmSync(data, { recursive: true, force: true });
});
