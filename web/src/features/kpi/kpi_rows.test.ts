// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { caseParts, caseReading, reading } from '@/shared/ui/figure'

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

test('figures of cases show what is divided by what', () => {
  const rate = { figure: 'closing_rate', measure: 'share' as const, numerator: 39, denominator: 48, apart: 6, value: 39 / 48 }
  expect(caseReading(rate)).toEqual({ kind: 'text', text: '81.3%' })
  expect(caseParts(rate)).toBe('39 / 48')
  const unknown = { figure: 'complaints_per_million', measure: 'per_million' as const, numerator: 28, denominator: 0, apart: 26, value: null }
  expect(caseReading(unknown)).toEqual({ kind: 'none' })
  expect(caseReading({ ...unknown, denominator: 350_000, value: 80 })).toEqual({ kind: 'text', text: '80.0' })
  const mean = { figure: 'dispatch_mean_ms', measure: 'mean_ms' as const, numerator: 3_600_000, denominator: 2, apart: 0, value: 1_800_000 }
  expect(caseReading(mean)).toEqual({ kind: 'minutes', n: '30.0' })
  expect(caseParts(mean)).toBe('2')
})
