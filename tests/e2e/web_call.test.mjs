// SPDX-License-Identifier: Apache-2.0
// A citizen calls from a web page: Chromium to the hotline's agent, by a token and not without.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { writeTone } from './lib/audio.mjs';
import { heardOn } from './lib/desk.mjs';
import { openSocket } from './lib/desk_socket.mjs';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { factsWith, hears, phoneSeat } from './lib/seat.mjs';
import { quick, startServer, tempFolder } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const citizenHz = 680;
const agentHz = 440;
let server, agent, browser, folder;

before(async () => {
  server = await startServer({ scenario: quick });
  agent = await phoneSeat(server, '1001', '8001', agentHz);
  folder = tempFolder('citizen');
  const mic = path.join(folder, 'mic.wav');
  writeTone(mic, citizenHz, { rate: 48000, seconds: 10 });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium', headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required', `--use-file-for-fake-audio-capture=${mic}`, '--allow-loopback-in-peer-connection'],
  });
});
after(async () => {
  await browser?.close();
  await agent?.stop();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
});

test('a call from the page is answered and both hear each other', async () => {
  const page = await browser.newPage({ locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  const faults = [];
  page.on('pageerror', (e) => faults.push(e.message));
  await page.goto(`${server.url}/call.html`);
  await page.locator('[data-action=call]').click();
  const { interaction, direction } = await agent.desk.inCall('talking', 30);
  assert.equal(direction, 'web');
  await page.locator('[data-call-step=talking]').waitFor();
  // Chromium takes a steady tone for noise and turns it down.
  await hears(agent.phone, [citizenHz], [agentHz], { clearAt: 0.015 });
  await until('the page plays the agent', async () => {
    const heard = await heardOn(page);
    return heard && Math.abs(heard.hz - agentHz) < 15 && heard.level > -60;
  });
  await page.locator('[data-action=hang_up]').click();
  const facts = await factsWith(agent.desk.api, interaction, 'CallEnded');
  assert.equal(facts.find((f) => f.kind === 'CallEnded').body.cause, 'completed');
  await agent.desk.inState('WrapUp');
  assert.deepEqual(faults, []);
  await page.close();
  await leavesNothing(server);
});

test('a page that is closed during the call ends it', async () => {
  await agent.fresh();
  const page = await browser.newPage({ locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  await page.goto(`${server.url}/call.html`);
  await page.locator('[data-action=call]').click();
  await agent.desk.inCall('talking', 30);
  await page.close();
  await agent.desk.inState('WrapUp');
  await leavesNothing(server);
});

test('without a token there is no call, and a token is good for one', async () => {
  const open = (token) => openSocket(server, `/api/v1/web-call?token=${token}`, {}, () => {});
  await assert.rejects(open(''), { status: 404 });
  await assert.rejects(open('made-up'), { status: 404 });
  const answer = await fetch(`${server.url}/api/v1/web-calls`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: server.url }, body: JSON.stringify({ number: '6000' }),
  });
  assert.equal(answer.status, 201);
  const { token } = await answer.json();
  (await open(token)).close();
  await assert.rejects(open(token), { status: 404 });
  await leavesNothing(server);
});

test('tokens are given out slowly', async () => {
  const ask = () => fetch(`${server.url}/api/v1/web-calls`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: server.url }, body: JSON.stringify({ number: '6000' }),
  });
  const seen = [];
  for (let i = 0; i < 8; i++) seen.push(await ask());
  const last = seen.at(-1);
  assert.equal(last.status, 429);
  assert.ok(Number(last.headers.get('retry-after')) > 0, 'it says when to try again');
});
