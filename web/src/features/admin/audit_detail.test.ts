// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { isMoment, textsOf } from './audit_detail'

it('reads texts, and leaves out a moment that is none', () => {
  expect(textsOf({ emergency: 3, to: 'asked', areas: '', until: '2026-11-22T08:00:00.000000Z' })).toEqual(['asked', '2026-11-22T08:00:00.000000Z'])
  expect(textsOf({ to: 'ended', until: '1970-01-01T00:00:00.000000Z' })).toEqual(['ended'])
})

it('tells a moment from what looks a little like one', () => {
  expect(isMoment('2026-11-22T08:00:00.000000Z')).toBe(true)
  expect(isMoment('2026-11-22')).toBe(false)
  expect(isMoment('至 2026-11-22T08:00:00Z')).toBe(false)
})
