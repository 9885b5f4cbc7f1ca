// SPDX-License-Identifier: Apache-2.0
// What lan.test.mjs runs inside its network namespace; the address is given by YS_LAN_ADDRESS.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startBaresip } from '../lib/baresip.mjs';
import { openDesk } from '../lib/desk.mjs';
import { hears } from '../lib/seat.mjs';
import { quick, startServer } from '../lib/server.mjs';
import { until } from '../lib/wait.mjs';

const host = process.env.YS_LAN_ADDRESS;

test('a phone on TLS and a Chromium desk talk over the network address', async () => {
  const server = await startServer({ scenario: quick, lan: true });
  const running = [server];
  const start = async (starting) => {
    running.unshift(await starting);
    return running[0];
  };
  try {
    assert.equal(server.url, `https://${host}:8443`);
    assert.match(server.log(), new RegExp(`服务器 server ${host} {2}用户 user \\d+ {2}密码 password ${server.demo_password}`), 'what to type into a phone');
    const desk = await start(openDesk(server, '1001', { toneHz: 440, loopback: false, args: ['--ignore-certificate-errors'] }));
    const stranger = await start(startBaresip({ server, toneHz: 900, host }));
    const phone = await start(startBaresip({ server, toneHz: 700, host, tls: true, account: { user: '8001', password: server.demo_password } }));
    await until('the phone is registered', () => /200 OK \(.*binding/.test(phone.log()));
    await desk.ready();
    stranger.dial('6000');
    await stranger.until('CALL_CLOSED');
    assert.equal(stranger.seen('CALL_ESTABLISHED').length, 0, 'on a network nobody unknown is served');
    phone.dial('6000');
    await desk.inState('Alerted', 40);
    await desk.press('answer');
    await desk.inState('Busy');
    await desk.hears(700);
    await hears(phone, [440], [700], { seconds: 40, clearAt: 0.015 });
    await desk.press('hang_up');
    await phone.until('CALL_CLOSED');
  } finally {
    for (const one of running) await (one.stop ?? one.close)();
  }
});
