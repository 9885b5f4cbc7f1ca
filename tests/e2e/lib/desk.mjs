// SPDX-License-Identifier: Apache-2.0
// An agent's or supervisor's desk: Debian's Chromium, a tone as its microphone.
import path from 'node:path';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { tempFolder } from './server.mjs';
import { writeTone } from './audio.mjs';
import { until } from './wait.mjs';

/** The strongest tone a page plays now: {hz, level in dB}. */
export const heardOn = (page) => page.evaluate(async () => {
  const element = document.getElementById('ys-remote-audio');
  if (!element?.srcObject) return { hz: 0, level: 0 };
  const w = window;
  if (w.__heardStream !== element.srcObject) {
    w.__heardContext?.close();
    w.__heardContext = new AudioContext();
    w.__heardAnalyser = w.__heardContext.createAnalyser();
    w.__heardAnalyser.fftSize = 8192;
    w.__heardContext.createMediaStreamSource(element.srcObject).connect(w.__heardAnalyser);
    w.__heardStream = element.srcObject;
    await new Promise((r) => setTimeout(r, 300));
  }
  const a = w.__heardAnalyser;
  const bins = new Float32Array(a.frequencyBinCount);
  a.getFloatFrequencyData(bins);
  let best = 0;
  for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i;
  return { hz: (best * w.__heardContext.sampleRate) / a.fftSize, level: bins[best] };
});

/** One browser a desk: the fake microphone is a switch of the process. */
export async function openDesk(server, login, { toneHz = 500, size = { width: 1366, height: 768 }, loopback = true, args = [], executablePath = '/usr/bin/chromium' } = {}) {
  const dir = tempFolder('desk');
  const mic = path.join(dir, 'mic.wav');
  writeTone(mic, toneHz, { rate: 48000, seconds: 10, bursts: true, level: 0.7 });
  const browser = await chromium.launch({
    executablePath, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required', `--use-file-for-fake-audio-capture=${mic}`,
      ...(loopback ? ['--allow-loopback-in-peer-connection'] : []), ...args],
  });
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults = [];
  page.on('pageerror', (e) => faults.push(`page error: ${e.message}`));
  page.on('console', (m) => {
    if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) faults.push(`console: ${m.text()}`);
  });
  await page.goto(server.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(server.demo_password);
  await page.keyboard.press('Enter');
  await page.locator('[data-action=state_menu]').waitFor();
  const desk = {
    page, browser, context, faults,
    press: (action) => page.locator(`[data-action=${action}]:visible`).first().click(),
    async ready() {
      await desk.press('state_menu');
      await desk.press('sign_in_ready');
      await desk.inState('Ready');
    },
    inState: (state, seconds = 60) => page.locator(`[data-action=state_menu] [data-state=${state}]`).waitFor({ timeout: seconds * 1000 }),
    /** The tone heard now: {hz, level}, from the remote audio element. */
    heard: () => heardOn(page),
    hears: (hz, seconds = 15) => until(`${login} hears ${hz} Hz`, async () => {
      const h = await desk.heard();
      return Math.abs(h.hz - hz) < 15 && h.level > -60 ? h : null;
    }, { seconds, every: 200 }),
    async shot(name) {
      const folder = process.env.YS_SCREENS;
      if (!folder) return;
      fs.mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: path.join(folder, `${name}.png`) });
    },
    /** What the page complained of; a test ends with assert.deepEqual(desk.faults, []). */
    async close() {
      await browser.close();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
  return desk;
}
