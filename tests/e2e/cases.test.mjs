// SPDX-License-Identifier: Apache-2.0
// A heating case from its saving to the citizen's own "it is solved", through the real program.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { signIn, startServer } from './lib/server.mjs';

test('a case goes to its station, back to the company above, and ends with the citizen\'s word', async () => {
  let server = await startServer();
  const people = async () => ({
    agent: await signIn(server, '1001'), station: await signIn(server, '0201'),
    elsewhere: await signIn(server, '0203'), company: await signIn(server, '0211'),
  });
  let who = await people();
  const made = await who.agent.post('/cases', {
    kind: 'no_heat', title: '家里不热', contact_number: '13800001001',
    address: '云汀市北桥区听松里 1 号楼 1 单元 101', demands: ['把暖气修好', '退不热这几天的费'],
  });
  const of = (person) => person.get(`/cases/${made.id}/progress`);
  const act = (person, body) => person.post(`/cases/${made.id}/acts`, body);

  const first = await of(who.station);
  assert.equal(first.state, 'dispatched');
  assert.equal(first.handler.name, '北桥供热站');
  assert.deepEqual(first.proposal.reasons[0], { code: 'rule', names: ['听松里报修归北桥供热站'] });
  assert.deepEqual(first.history.map((e) => e.verb), ['file', 'dispatch']);
  assert.deepEqual((await who.station.get('/cases?mine=1')).items.map((c) => c.id), [made.id]);
  await assert.rejects(of(who.elsewhere), /404/);
  await assert.rejects(act(who.elsewhere, { verb: 'accept' }), /404/);

  await act(who.station, { verb: 'accept', version: first.version });
  await assert.rejects(act(who.station, { verb: 'begin', version: first.version }), /409.*stale/s);
  await act(who.station, { verb: 'begin' });
  await assert.rejects(act(who.station, { verb: 'reply', answers: { 1: '阀门已修好' } }),
    /422.*demand_unanswered.*answers\.2/s);

  await server.stop({ keep: true });
  server = await startServer({ data: server.data });
  who = await people();
  assert.equal((await of(who.station)).state, 'working', 'a restart loses nothing');

  await act(who.station, { verb: 'reply', answers: { 1: '阀门已修好', 2: '按天退' } });
  await act(who.agent, { verb: 'tell_citizen', channel: 'voice' });
  const objected = await act(who.agent, { verb: 'confirm', solved: false, text: '晚上还是不热' });
  assert.equal(objected.state, 'second_handling');
  assert.equal(objected.responsible.name, '城北供热公司');
  assert.equal(objected.round, 2);
  await act(who.company, { verb: 'reply', answers: { 1: '换了主阀', 2: '已退到账户' } });
  await act(who.agent, { verb: 'tell_citizen', channel: 'voice' });
  const closed = await act(who.agent, { verb: 'confirm', solved: true, satisfied: true });
  assert.equal(closed.state, 'closed');
  assert.equal(closed.responsible.id, 0);
  assert.equal((await who.agent.get(`/cases/${made.id}`)).status, 'closed');
  const verbs = ['file', 'dispatch', 'accept', 'begin', 'reply', 'tell_citizen', 'object', 'reply',
    'tell_citizen', 'confirm'];
  assert.deepEqual(closed.history.map((e) => e.verb), verbs);
  assert.ok(closed.history.every((e) => e.at && e.role));
  await server.stop({ keep: true });
  fs.rmSync(server.data, { recursive: true, force: true });
});
