// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { dayIn } from './day_text'

test('a day is read as people write it, year first', () => {
  for (const text of ['2026-01-05', '2026/1/5', ' 2026.01.05 ', '2026年1月5日', '20260105', '2026 - 1 - 5'])
    expect(dayIn(text), text).toBe('2026-01-05')
})
test('what is no day of the calendar is none', () => {
  for (const text of ['', '2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '05/01/2026', '26-1-5', '2026-1', '2026-01-05x'])
    expect(dayIn(text), text).toBeUndefined()
  expect(dayIn('2028-02-29')).toBe('2028-02-29')
})
