// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { clockSpan, countdown, dateInput, dayOf, dayStart, monthDay, since } from './duration'

test('a span reads minutes and seconds, with hours when there are some', () => {
  expect(clockSpan(222_999)).toBe('03:42')
  expect(clockSpan(4_500_000)).toBe('1:15:00')
  expect(clockSpan(-5)).toBe('00:00')
})

test('a countdown shows zero only when it is over', () => {
  expect(countdown(15_000)).toBe('00:15')
  expect(countdown(1)).toBe('00:01')
  expect(countdown(0)).toBe('00:00')
})

test('time since nothing, or since the future, is zero', () => {
  expect(since(undefined, 10)).toBe(0)
  expect(since('not a time', 10)).toBe(0)
  expect(since(new Date(20).toISOString(), 10)).toBe(0)
  expect(since(new Date(10).toISOString(), 35)).toBe(25)
})

test('days are those of the local calendar, not spans of 24 hours', () => {
  const now = new Date(2026, 10, 24, 0, 10).getTime()
  expect(dayOf(new Date(2026, 10, 24, 0, 1).getTime(), now)).toBe('today')
  expect(dayOf(new Date(2026, 10, 23, 23, 59).getTime(), now)).toBe('yesterday')
  expect(dayOf(new Date(2026, 10, 22, 23, 59).getTime(), now)).toBe('date')
})

test('another year is written out', () => {
  const now = new Date(2026, 0, 2).getTime()
  expect(monthDay(new Date(2025, 11, 31).getTime(), now)).toBe('2025-12-31')
  expect(monthDay(new Date(2026, 0, 1).getTime(), now)).toBe('01-01')
})

test('a day in a form becomes its first instant, local', () => {
  expect(dayStart('2026-11-24')).toBe(new Date(2026, 10, 24).toISOString())
  expect(dayStart('2026-11-30', 1)).toBe(new Date(2026, 11, 1).toISOString())
  expect(dayStart('24.11.2026')).toBeUndefined()
  expect(dateInput(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05')
})
