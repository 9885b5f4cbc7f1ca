// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { gradeOf } from './line_grade'

const mos = (value: number) => ({ loss: 0, jitter_ms: 0, mos: value })

test('the word follows the MOS', () => {
  expect([4.4, 3.6, 3.59, 3.1, 3.09].map((v) => gradeOf(mos(v), 'up'))).toEqual(['good', 'good', 'fair', 'fair', 'poor'])
})

test('a lost voice is lost whatever the last figures said', () => {
  expect(gradeOf(mos(4.4), 'lost')).toBe('lost')
  expect(gradeOf(undefined, 'connecting')).toBe('starting')
  expect(gradeOf(undefined, 'up')).toBe('good')
})
