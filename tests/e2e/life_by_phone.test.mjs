// SPDX-License-Identifier: Apache-2.0
// 办成一件事 by telephone: who rings 6301 is asked the questions of the same graph as on the page, hears the list word for word, and
// hears another one as soon as the article behind it has changed.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { startBaresip } from './lib/baresip.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { recordingOf } from './lib/recording.mjs';
import { bodies, factsWith, phoneSeat } from './lib/seat.mjs';
import { signIn, startServer, tempFolder } from './lib/server.mjs';
import { holds, spoken } from './lib/spoken.mjs';
import { until } from './lib/wait.mjs';

let server, agent, chief, writer, reader;
const data = tempFolder('life-by-phone');
async function start() {
  server = await startServer({ scenario: 'certificates', data });
  agent = await phoneSeat(server, '1001', '8001', 440);
  chief = await signIn(server, '0101');
  [writer, reader] = await Promise.all([signIn(server, '0410'), signIn(server, '0411')]);
}
before(start, { timeout: 300_000 });
after(async () => {
  await agent?.stop();
  await server?.stop();
});

const inForce = async () => (await chief.get('/flows/life')).versions.find((v) => v.state === 'in_force');
/** What 6301 is now: by node what it says, and where its keys and its way on lead. */
async function flowOf(version) {
  const { text } = (await chief.get(`/flows/life/versions/${version.number}`)).checked;
  const prompts = new Map((await chief.get('/flows/life/words')).prompts.map((p) => [p.name, p.text]));
  const nodes = {};
  let node;
  for (const line of text.split('\n')) {
    const [, name] = /^node (\S+) /.exec(line) ?? [];
    if (name) nodes[name] = node = { says: [], keys: {}, next: null };
    const [, names] = /^ {2}say (.+)$/.exec(line) ?? [];
    if (names) node.says.push(...names.split(' ').map((n) => prompts.get(n)));
    const [, key, to] = /^ {2}key (\d) -> (\S+)/.exec(line) ?? [];
    if (key) node.keys[key] = to;
    const [, next] = /^ {2}-> (\S+)/.exec(line) ?? [];
    if (next) node.next = next;
  }
  return nodes;
}
/** The way of who chooses `title` and then always the first thing. @returns keys, and all that is said behind them */
function wayOf(nodes, title) {
  const menu = nodes['life-menu'];
  const first = menu.says[0].match(new RegExp(`${title}，请按(\\d)`))?.[1];
  assert.ok(first, `${title} in ${menu.says[0]}`);
  const keys = [first];
  let at = menu.keys[first];
  for (; Object.keys(nodes[at].keys).length; at = nodes[at].keys[1]) keys.push('1');
  const said = [];
  for (; at !== 'staff'; at = nodes[at].next) said.push(...nodes[at].says);
  return { keys, said };
}
/** Rings 6301, presses `keys`, waits for a person. @returns nodes walked, and what was heard */
async function ring(keys) {
  await agent.fresh();
  const citizen = await startBaresip({ server, user: '13800001097' });
  try {
    citizen.dial('6301');
    await citizen.until('CALL_ESTABLISHED');
    for (const key of keys) citizen.key(key);
    const { path: way, interaction } = await agent.desk.inCall('talking', 300);
    citizen.hangUp();
    await factsWith(agent.desk.api, interaction, 'CallEnded');
    await agent.desk.inState('WrapUp');
    const { right } = await recordingOf(server, chief, interaction);
    await leavesNothing(server);
    return { way, heard: right };
  } finally {
    await citizen.stop();
  }
}

test('the telephone asks and says what the graph says, and a changed article is heard', { timeout: 900_000 }, async () => {
  const first = await until('the events are spoken', async () => {
    const version = await inForce();
    return version.number > 1 && version;
  }, { seconds: 600, every: 1000 });
  assert.match(first.why, /清单重新生成/);
  const { keys, said } = wayOf(await flowOf(first), '出国出境');
  assert.ok(said.some((text) => text.includes('普通护照')), said.join('\n'));
  const { heard } = await ring(keys);
  for (const text of said) assert.ok(holds(heard, spoken(text), 1), `heard: ${text}`);

  const article = (await writer.get('/articles?matter=passport_first')).items[0];
  const { content } = (await writer.get(`/articles/${article.id}`)).versions[0];
  await writer.post(`/articles/${article.id}/acts`, { verb: 'write', content: { ...content, statement: `${content.statement}办证大厅改到二楼。` } });
  await writer.post(`/articles/${article.id}/acts`, { verb: 'submit' });
  await reader.post(`/articles/${article.id}/acts`, { verb: 'approve', from: null });
  const second = await until('the flow has a version that stands on it', async () => {
    const version = await inForce();
    return version.number > first.number && version;
  }, { seconds: 120, every: 1000 });
  assert.deepEqual(wayOf(await flowOf(second), '出国出境').keys, keys);
});

test('after a restart 6301 has the events at once, and no version more', { timeout: 300_000 }, async () => {
  const { number } = await inForce();
  await agent.stop();
  await server.stop({ keep: true });
  await start();
  const version = await inForce();
  assert.equal(version.number, number);
  const { text } = (await chief.get(`/flows/life/versions/${number}`)).checked;
  const menu = /node life-menu choose\n {2}say (\S+)/.exec(text)[1];
  const { way, heard } = await ring([]);
  assert.ok(way.includes('life-menu') && way.includes('staff'), way.join(' '));
  const words = await until('its words are known', async () => (await chief.get('/flows/life/words')).prompts.find((p) => p.name === menu)?.text, { seconds: 120, every: 1000 });
  assert.ok(holds(heard, spoken(words)), 'the menu was heard whole');
});
