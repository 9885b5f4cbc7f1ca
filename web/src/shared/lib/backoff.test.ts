// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { backoff } from './backoff'

test('the limit doubles and stops at the most', () => {
  expect([0, 1, 2, 3, 4, 5, 30].map((n) => backoff(n, 1))).toEqual([400, 800, 1600, 3200, 6400, 8000, 8000])
})

test('chance spreads the tries over the whole span, never below 200 ms', () => {
  expect(backoff(5, 0)).toBe(200)
  expect(backoff(5, 0.5)).toBe(4100)
})
