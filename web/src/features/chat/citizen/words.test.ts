// @vitest-environment happy-dom
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import english from '@/shared/messages/en/citizen_chat.json'
import chinese from '@/shared/messages/zh-CN/citizen_chat.json'
import { agentText, hoursText, locale, noneOfThese, sayCode, sayNote, shortTime } from './words'

test('everything is said in both languages', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
})
test('"none of these" is the word the hotline knows, in English too', () => {
  locale.value = 'en'
  expect(noneOfThese).toBe('不是我要的')
  locale.value = 'zh-CN'
})
test('a note or code of a newer server is said in general', () => {
  expect(sayNote('agent_joined')).toBe('人工客服已接入')
  expect(sayNote('something_new')).toBe(chinese.note_other)
  expect(sayCode('chat_has_ended')).toBe(chinese.has_ended)
  expect(sayCode('something_new')).toBe(chinese.failed)
})
test('times are told by the clock of the hotline', () => {
  locale.value = 'zh-CN'
  const now = Date.parse('2026-11-23T16:30:00Z')
  expect(shortTime('2026-11-23T16:05:00Z', now)).toBe('00:05')
  expect(shortTime('2026-11-23T15:55:00Z', now)).toBe('2026年11月23日 23:55')
  expect(shortTime('never', now)).toBe('')
})
test('an agent is told by the work number', () => {
  locale.value = 'zh-CN'
  expect([agentText('1001'), agentText('')]).toEqual(['工号 1001', ''])
})
test('opening hours are said in words', () => {
  locale.value = 'zh-CN'
  expect(['mon-fri 08:30-17:30', 'sat,sun 09:00-17:00', 'daily 08:00-20:00'].map(hoursText)).toEqual(['周一至周五 08:30–17:30', '周六、周日 09:00–17:00', '每天 08:00–20:00'])
  locale.value = 'en'
  expect(hoursText('mon-fri 08:30-17:30')).toBe('Mon–Fri 08:30–17:30')
  locale.value = 'zh-CN'
})
