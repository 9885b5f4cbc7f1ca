// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import english from '@/shared/messages/en/citizen_survey.json'
import chinese from '@/shared/messages/zh-CN/citizen_survey.json'
import { missing } from './answer'

it('asks whether it is solved before how it was', () => {
  expect(missing(undefined, 5)).toBe('solved_needed')
  expect(missing(true, 0)).toBe('score_needed')
  expect(missing(true, 6)).toBe('score_needed')
  expect(missing(false, 1)).toBeUndefined()
})
it('says everything in both languages', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
})
