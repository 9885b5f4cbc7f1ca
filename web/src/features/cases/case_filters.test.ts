// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { asked, noFilters, read, written } from './case_filters'

test('filters are written in an address and read again', () => {
  const filters = { ...noFilters(), q: ' 暖气 ', state: 'working', unit: 4, late: true, from: '2026-11-01' }
  expect(read(written(filters))).toEqual({ ...filters, q: '暖气' })
  expect(written(noFilters())).toBe('')
})

test('what is no filter is passed over', () => {
  expect(read('unit=x&luck=1&late=yes')).toEqual(noFilters())
})

test('days are asked from the first midnight to the last', () => {
  const day = (d: string, later = 0) => `${d}+${later}`
  expect(asked({ ...noFilters(), from: '2026-11-01', to: '2026-11-30' }, day)).toMatchObject({ from: '2026-11-01+0', to: '2026-11-30+1', late: undefined, unit: undefined })
})
