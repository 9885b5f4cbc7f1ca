// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { flatten, readable, tables } from './kpi_rows'

test('figures at any depth become rows, lists become tables', () => {
  const kpi = { offered: 3, waits: { mean_wait_ms: 9_000 }, queues: [{ title: 'a', offered: 1, deep: {} }], none: null }
  expect(flatten(kpi)).toEqual([{ key: 'offered', value: 3 }, { key: 'waits.mean_wait_ms', value: 9_000 }])
  expect(tables(kpi)).toEqual([{ key: 'queues', columns: ['title', 'offered'], rows: kpi.queues }])
})

test('a share reads as per cent, milliseconds as seconds', () => {
  expect(readable('answer_rate', 0.968)).toBe('96.8%')
  expect(readable('waits.mean_wait_ms', 9_200)).toBe('9.2 s')
  expect(readable('offered', 12)).toBe('12')
  expect(readable('score_mean', 4.666)).toBe('4.67')
  expect(readable('title', 'x')).toBe('x')
})
