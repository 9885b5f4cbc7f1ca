// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { reading } from './kpi_rows'

test('a rate reads as per cent, a time in seconds and then in minutes', () => {
  expect(reading('connect_rate', 0.968)).toEqual({ kind: 'text', text: '96.8%' })
  expect(reading('wait_mean_ms', 9_240)).toEqual({ kind: 'seconds', n: '9.2' })
  expect(reading('wait_max_ms', 125_000)).toEqual({ kind: 'seconds', n: '125' })
  expect(reading('busy_ms', 5_400_000)).toEqual({ kind: 'minutes', n: '90.0' })
})

test('counts keep their thousands apart, means two places', () => {
  expect(reading('offered', 1284)).toEqual({ kind: 'text', text: '1,284' })
  expect(reading('score_mean', 4.666)).toEqual({ kind: 'text', text: '4.67' })
})

test('nothing to divide by is no figure, not zero', () => {
  expect(reading('connect_rate', null)).toEqual({ kind: 'none' })
  expect(reading('connect_rate', 0)).toEqual({ kind: 'text', text: '0.0%' })
})
