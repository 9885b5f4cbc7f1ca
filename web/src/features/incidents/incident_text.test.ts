// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { linesOf, minutesOf, narrowest, untilOf } from './incident_text'

test('the sentence names the narrowest step and whole minutes', () => {
  expect(narrowest('云汀市/北桥区')).toBe('北桥区')
  expect(narrowest('')).toBe('')
  expect(minutesOf({ since: '2026-11-22T01:00:00Z', last_at: '2026-11-22T01:00:00Z' })).toBe(1)
  expect(minutesOf({ since: '2026-11-22T01:00:00Z', last_at: '2026-11-22T01:08:01Z' })).toBe(9)
})

test('areas are lines without blanks, and the end is a quarter of an hour', () => {
  expect(linesOf(' 听松里 \n\n芦花小区')).toEqual(['听松里', '芦花小区'])
  expect(untilOf(Date.parse('2026-11-22T01:01:00Z'), 1)).toBe('2026-11-22T02:15:00.000Z')
})
