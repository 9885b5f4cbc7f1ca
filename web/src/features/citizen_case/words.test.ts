// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { locale } from '@/shared/lib/few_words'
import { plainTime, sayOf } from './words'

test('times are told by the day of the hotline, not of the browser', () => {
  locale.value = 'zh-CN'
  const now = '2026-11-24T15:30:00Z'
  expect(plainTime('2026-11-24T15:45:00Z', now)).toBe('今天 23:45')
  expect(plainTime('2026-11-24T16:10:00Z', now)).toBe('明天 00:10')
  expect(plainTime('2026-11-23T15:00:00Z', now)).toBe('昨天 23:00')
  expect(plainTime('2026-12-01T02:41:00Z', now)).toBe('12月1日 10:41')
})

test('a key nobody knows is still a sentence', () => {
  expect(sayOf('now', 'asks_you', 'now_open')).toBe('已经答复，请您看看解决没有')
  expect(sayOf('now', 'on_the_moon', 'now_open')).toBe('已受理，正在办理')
})
