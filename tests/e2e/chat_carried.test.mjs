// SPDX-License-Identifier: Apache-2.0
// What a citizen wrote goes with them: from the conversation to a call from the browser, to the agent who is rung, to the case that is
// taken in it, and is there after a restart; the link opens one call and says so, and nobody else reads along.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { dayAndNight } from './lib/day_and_night.mjs';
import { openDesk } from './lib/desk.mjs';
import { Gallery } from './lib/screen.mjs';
import { root, signIn, startServer, tempFolder } from './lib/server.mjs';

const kept = process.env.YS_SCREENS && path.resolve(root, process.env.YS_SCREENS);
const words = '三号楼整个单元都不热，昨天报过一次没人来';
const home = '云汀市北桥区听松里 1 号楼 1 单元 101';
const scenario = dayAndNight();
let server, desk, gallery, citizen;

before(async () => {
  server = await startServer({ scenario });
  desk = await openDesk(server, '1001', { toneHz: 1330 });
  gallery = new Gallery(kept ?? tempFolder('screens'));
  gallery.watch(desk.page, '1001', /^$/);
  citizen = await desk.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
});
after(async () => {
  await desk?.close();
  await server?.stop();
});

async function open(where) {
  const page = await citizen.newPage();
  page.setDefaultTimeout(60_000);
  gallery.watch(page, 'citizen', /^$/);
  await page.goto(`${server.url}${where}`);
  return page;
}
const tellIn = async (page, text) => {
  await page.locator('[data-field=words]').fill(text);
  await page.locator('[data-action=send]').click();
  await page.locator('[data-author=citizen]', { hasText: text.slice(0, 12) }).waitFor();
};
/** Rings until the desk is rung. */
async function ring(page) {
  await page.locator('[data-action=call]').click();
  await desk.inState('Alerted', 90);
}

test('chat, call, case: the words are there each time, the link opens once, a restart keeps them', async () => {
  await desk.ready();
  const page = await open('/chat.html');
  await tellIn(page, words);
  await page.locator('[data-action=person]').click();
  await page.locator('[data-chat-state=waiting]').waitFor();
  const chat = Number(await page.locator('[data-chat]').getAttribute('data-chat'));
  await gallery.take(page, 'carried-chat');
  await page.setViewportSize({ width: 390, height: 844 });

  const coming = citizen.waitForEvent('page');
  await page.locator('[data-action=call-on]').click();
  const calling = await coming;
  calling.setDefaultTimeout(60_000);
  gallery.watch(calling, 'citizen-call', /^$/);
  await calling.waitForURL(/call\.html\?number=\d+#carry=[\w-]{22}$/);
  const address = calling.url();
  // Said before anybody rings: what comes with the call.
  await calling.locator('[data-carried=will]').waitFor();
  await gallery.take(calling, 'carried-call');

  await ring(calling);
  const pop = desk.page.locator('[data-part=carried]');
  await pop.locator('[data-author=citizen]', { hasText: '三号楼整个单元都不热' }).waitFor();
  await desk.press('answer');
  await desk.inState('Busy');
  await calling.locator('[data-call-step=talking]').waitFor();
  await gallery.take(desk.page, 'carried-pop');
  await desk.page.setViewportSize({ width: 1366, height: 768 });
  assert.equal(await pop.count(), 1);

  const api = await signIn(server, '1001');
  await desk.page.locator('[data-field=kind]').first().click();
  await desk.page.locator('.el-select-dropdown__item:visible').getByText('不热', { exact: true }).click();
  await desk.page.getByPlaceholder('小区、楼号、单元、房号').fill(home);
  await desk.page.getByPlaceholder('市民说的情况：哪里、多久、要什么').fill('整个单元不热。');
  await desk.page.locator('input[name=contact_name]').fill('李明');
  await desk.page.locator('input[name=contact_number]').fill('13800001001');
  await desk.press('submit_case');
  await desk.page.locator('[data-case=saved]').waitFor();
  const [made] = (await api.get('/cases')).items;
  const interaction = made.interaction_id;
  assert.ok(interaction, 'it was taken in the call');
  await desk.press('hang_up');
  await desk.inState('WrapUp');
  await calling.locator('[data-call-step=ended]').waitFor();

  const ofCase = async (who) => (await who.get(`/cases/${made.id}/chats`)).items;
  const [first] = await ofCase(api);
  assert.equal(first.story.chat.id, chat);
  assert.ok(first.story.messages.some((m) => m.text === words));
  const facts = (await api.get(`/calls/${interaction}/facts`)).items;
  const linked = facts.find((f) => f.kind === 'ConversationLinked');
  assert.deepEqual([linked.body.verb, linked.body.chat], ['called', chat]);
  await desk.page.goto(`${server.url}/cases/${made.id}`);
  await desk.page.locator('[data-part=case-chats] [data-author=citizen]', { hasText: '三号楼' }).waitFor();
  await desk.page.locator('[data-part=case-chats]').scrollIntoViewIfNeeded();
  await gallery.take(desk.page, 'carried-case');

  const other = await signIn(server, '1002');
  await assert.rejects(other.get(`/calls/${interaction}/chat`), / 40[34] /, 'somebody else\'s call is not theirs to read');

  // The same link again: the call goes through, and says that nothing came with it.
  const again = await open(new URL(address).pathname + new URL(address).search + new URL(address).hash);
  await again.locator('[data-action=call]').click();
  const told = again.locator('[data-carried=used]');
  await told.waitFor();
  assert.match(await told.innerText(), /已经用过/);
  await gallery.take(again, 'carried-used');
  await again.locator('[data-action=hang_up]').click();
  await again.close();
  await calling.close();

  await desk.page.goto('about:blank');
  await page.goto('about:blank');
  await server.stop({ keep: true });
  server = await startServer({ scenario, data: server.data });
  const back = await signIn(server, '1001');
  const [still] = await ofCase(back);
  assert.ok(still.story.messages.some((m) => m.text === words), 'a restart forgets nothing');
  assert.equal((await back.get(`/calls/${interaction}/chat`)).items.length, 1);
  assert.deepEqual(gallery.faults.splice(0), [], `the pictures are in ${gallery.folder}`);
});
