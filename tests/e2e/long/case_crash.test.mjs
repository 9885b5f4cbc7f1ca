// SPDX-License-Identifier: Apache-2.0
// The same a hundred times each.
process.env.YS_CRASHES ??= '100';
await import('../case_crash.test.mjs');
