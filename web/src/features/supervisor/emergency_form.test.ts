// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { linesOf, untilOf } from './emergency_form'

test('areas are one a line, blanks left out', () => {
  expect(linesOf(' 听松里 \n\n芦花小区\n')).toEqual(['听松里', '芦花小区'])
  expect(linesOf('  \n')).toEqual([])
})

test('the end is said as a quarter of an hour', () => {
  expect(untilOf(Date.parse('2026-11-22T10:07:00Z'), 4)).toBe('2026-11-22T14:15:00.000Z')
  expect(untilOf(Date.parse('2026-11-22T10:15:00Z'), 1)).toBe('2026-11-22T11:15:00.000Z')
})
