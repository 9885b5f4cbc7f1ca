// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { seasonOf } from './season'

test('the season follows the month in China', () => {
  expect(seasonOf(Date.parse('2026-10-31T15:59:00Z'))).toBe('mild')
  expect(seasonOf(Date.parse('2026-10-31T16:00:00Z'))).toBe('winter')
  expect(seasonOf(Date.parse('2026-04-02T00:00:00Z'))).toBe('mild')
  expect(seasonOf(Date.parse('2026-07-15T00:00:00Z'))).toBe('summer')
})
