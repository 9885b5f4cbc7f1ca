// SPDX-License-Identifier: Apache-2.0
// A document lies ready: the business system says so, and its owner gets a message, once.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { asking, simulated } from './lib/business_system.mjs';
import { startServer, tempFolder } from './lib/server.mjs';
import { startGateway } from './lib/sms_gateway.mjs';
import { until } from './lib/wait.mjs';

const secret = 'made-up-for-this-test';

test('whose document lies ready is told where it is, and a restart tells nobody twice', async () => {
  const gateway = await startGateway({ secret });
  const halls = await simulated('appointments');
  const data = tempFolder('documents');
  const [, config] = asking({ name: 'halls', url: halls.url, kinds: ['Document', 'Hall'] });
  const key = path.join(tempFolder('secret'), 'secret');
  fs.writeFileSync(key, `${secret}\n`);
  fs.appendFileSync(config, `
[outreach]
sms_url = "${gateway.url}"
sms_secret_file = "${key}"
quiet = ""
`);
  const start = () => startServer({ scenario: 'certificates', data, args: ['--config', config] });
  let server = await start();
  try {
    const message = await until('the message has come', () => gateway.to('13900001001'), { seconds: 60 });
    assert.match(message.text, /居民身份证已办好，可以到云汀市政务服务大厅5号窗口领取，编号ZJ20260001/);
    assert.match(message.text, /热线6300/);
    await server.stop({ keep: true });
    server = await start();
    await until('the system has been asked again', async () => /ys_backoffice_questions(_total)?\{[^}]*outcome="answered"[^}]*\} [1-9]/.test(await (await fetch(`${server.url}/metrics`)).text()), { seconds: 60 });
    assert.equal(gateway.all().length, 1);
    assert.deepEqual(gateway.faults, []);
  } finally {
    await server.stop();
    await halls.stop();
    await gateway.stop();
  }
});
