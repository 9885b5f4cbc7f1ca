// SPDX-License-Identifier: Apache-2.0
// The same hotline on PostgreSQL: serve starts on it, a call is kept there, kpi counts it, and a
// second start finds it again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { leavesNothing } from './lib/leaves_nothing.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { binary, quick, signIn, startServer, tempFolder } from './lib/server.mjs';
import { ring } from './lib/udp_caller.mjs';
import { until } from './lib/wait.mjs';

test('a call on PostgreSQL is in the call list and in kpi, also after a restart', async () => {
  const postgres = await startPostgres();
  const folder = tempFolder('pg-config');
  const config = path.join(folder, 'yingsheng.toml');
  fs.writeFileSync(config, `[database]\nurl = "${postgres.url}"\n`);
  const start = (data) => startServer({ scenario: quick, args: ['--config', config], ...(data && { data }) });
  let server;
  try {
    server = await start();
    assert.ok(!fs.existsSync(path.join(server.data, 'db/yingsheng.db')), 'nothing lies in SQLite');
    const call = await ring(server, { user: '13900000777' });
    await until('the call is up', () => call.call.state === 'up');
    call.hangUp();
    assert.equal(await call.ended, 'hung up');
    const api = await signIn(server, '0101');
    const kept = await until('the call is in the list', async () => (await api.get('/calls')).items[0]);
    assert.equal(kept.caller, '139****0777');
    const { items } = await api.get(`/calls/${kept.id}/facts`);
    assert.equal(items.at(0).kind, 'CallArrived');
    const told = JSON.parse(execFileSync(binary, ['kpi', '--from', '2026-01-01', '--to', '2040-01-01', '--json', '--database', postgres.url], { encoding: 'utf8' }));
    assert.equal(told.centres[0].calls.arrived, 1);
    await leavesNothing(server);
    await server.stop({ keep: true });
    server = await start(server.data);
    const again = await (await signIn(server, '0101')).get('/calls');
    assert.deepEqual(again.items.map((c) => c.id), [kept.id]);
  } finally {
    await server?.stop();
    await postgres.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
