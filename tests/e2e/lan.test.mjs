// SPDX-License-Identifier: Apache-2.0
// The hotline on a network address, in a network namespace of its own: what a desk on a LAN would see.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';

test('on a network address, over HTTPS, a desk answers a registered phone', { timeout: 240_000, skip: process.getuid() !== 0 && 'needs root for a network namespace' }, () => {
  const name = `ys-lan-${process.pid}`;
  const ip = (...words) => execFileSync('ip', words, { stdio: 'pipe' });
  ip('netns', 'add', name);
  try {
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'add', 'lan0', 'type', 'veth', 'peer', 'name', 'lan1');
    ip('-n', name, 'address', 'add', '10.77.0.1/24', 'dev', 'lan0');
    ip('-n', name, 'link', 'set', 'lan0', 'up');
    ip('-n', name, 'link', 'set', 'lan1', 'up');
    // The environment of the test runner would make the inner one report to it instead of ending with a code.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync('ip', ['netns', 'exec', name, process.execPath, '--test', path.join(import.meta.dirname, 'inside/lan.mjs')], {
      encoding: 'utf8', timeout: 220_000, env: { ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0', YS_LAN_ADDRESS: '10.77.0.1' },
    });
    assert.equal(status, 0, `${stdout}\n${stderr}`);
  } finally {
    ip('netns', 'delete', name);
  }
});
