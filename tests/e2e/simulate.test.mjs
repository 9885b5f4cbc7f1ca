// SPDX-License-Identifier: Apache-2.0
// `yingsheng simulate`: the made-up business systems that ship, as anybody can start them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { binary } from './lib/server.mjs';

const gtfs = path.resolve(import.meta.dirname, '../../scenarios/bus/gtfs');

/** Starts one on a free port; `work` is given a way to ask it. It must end well when told to. */
async function simulated(words, work) {
  const child = spawn(binary, ['simulate', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const address = new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      if (text.includes('\n')) resolve(text.trim());
    });
    ended.then((code) => reject(new Error(`it ended with ${code}`)));
  });
  try {
    const url = await address;
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    await work(async (kind, number, route = '') =>
      fetch(`${url}/look`, {
        method: 'POST',
        body: JSON.stringify({ format: 'live-look-1', subject: { kind, number }, route }),
      }));
  } finally {
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
  }
}

test('quota says where an application stands, and that it is a simulation', async () => {
  await simulated(['quota'], async (look) => {
    const answer = await (await look('Application', 'QT20260002')).json();
    assert.equal(answer.format, 'live-answer-1');
    assert.equal(answer.basis, 'Live');
    assert.match(answer.source.zh, /模拟/);
    assert.deepEqual(answer.application.stages.map((stage) => stage.name.zh), ['材料初审', '复审', '公示']);
    assert.equal((await (await look('Application', 'QT20269999')).json()).is_known, false);
  });
});

test('bus says departures by the timetable of a GTFS folder', async () => {
  await simulated(['bus', '--gtfs', gtfs], async (look) => {
    const answer = await (await look('Stop', '文化路口', '12')).json();
    assert.equal(answer.basis, 'Timetable');
    assert.equal(answer.stop.departures.length, 6);
    assert.ok(answer.stop.departures.every(({ route, leaves_at }) => route === '12路' && Date.parse(leaves_at) > Date.now() - 60_000));
  });
  for (const words of [['bus'], ['bus', '--gtfs', '/nothing'], ['bus', '--gtfs', import.meta.filename]])
    assert.equal(spawnSync(binary, ['simulate', ...words], { timeout: 60_000 }).status, 1);
});

test('appointments has the queue of this minute, or of as long ago as it is told', async () => {
  await simulated(['appointments', '--behind', '12'], async (look) => {
    const answer = await (await look('Hall', '云汀市政务服务大厅')).json();
    const minutes = (Date.now() - Date.parse(answer.as_of)) / 60_000;
    assert.ok(minutes >= 12 && minutes < 14, `${minutes}`);
    assert.equal(typeof answer.hall.people_waiting, 'number');
  });
});

test('faults are there on demand', async () => {
  await simulated(['quota', '--down-every', '2'], async (look) => {
    const statuses = [];
    for (let i = 0; i < 4; ++i) statuses.push((await look('Application', 'QT20260002')).status);
    assert.deepEqual(statuses, [200, 503, 200, 503]);
  });
  await simulated(['quota', '--slow'], async (look) => {
    const began = performance.now();
    assert.equal((await look('Application', 'QT20260002')).status, 200);
    assert.ok(performance.now() - began > 2_500, 'longer than anybody waits');
  });
  await simulated(['quota', '--wrong'], async (look) => {
    const text = await (await look('Application', 'QT20260002')).text();
    assert.throws(() => assert.equal(JSON.parse(text).format, 'live-answer-1'));
  });
  for (const words of [['taxi'], ['quota', '--listen', 'nowhere']])
    assert.equal(spawnSync(binary, ['simulate', ...words], { timeout: 60_000 }).status, 2);
});
