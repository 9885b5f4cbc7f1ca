// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import english from '@/shared/messages/en/live.json'
import chinese from '@/shared/messages/zh-CN/live.json'
import { clock, kinds, missing, stageStates, type Word } from './live'

const words = (zh: string) => ({ zh, en: '' })
const application = (status: 'InProgress' | 'Refused' | 'Granted', ...done: boolean[]) => ({
  status, stages: done.map((is, i) => ({ name: words(String(i)), done_at: is ? '2026-11-23T02:00:00Z' : null })),
})

it('shows where an application stands', () => {
  expect(stageStates(application('InProgress', true, false, false))).toEqual(['done', 'here', 'later'])
  expect(stageStates(application('Refused', true, false, false))).toEqual(['done', 'stopped', 'later'])
  expect(stageStates(application('Granted', true, true, true))).toEqual(['done', 'done', 'done'])
})
it('says the day only of another day', () => {
  expect(clock('2026-11-23T02:05:00Z', '2026-11-23T03:00:00Z', 'zh-CN')).toBe('10:05')
  expect(clock('2026-11-22T02:05:00Z', '2026-11-23T03:00:00Z', 'zh-CN')).toBe('11月22日 10:05')
  expect(clock('nothing', '2026-11-23T03:00:00Z', 'zh-CN')).toBe('')
})
it('wants digits of a person and of nobody else', () => {
  const question = { kind: 'Application' as const, number: 'QT20260002', digits: ' ', route: '' }
  expect(missing(question, true)).toBe('digits')
  expect(missing(question, false)).toBeUndefined()
  expect(missing({ ...question, number: ' ' }, false)).toBe('number')
})
it('says everything in both languages', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  for (const kind of kinds) for (const part of ['kind', 'number']) expect(chinese[`${part}_${kind}` as Word]).toBeTruthy()
})
