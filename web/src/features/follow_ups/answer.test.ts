// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { answerOf, blankAnswer } from './answer'

test('solved and satisfied are told apart, and neither is guessed', () => {
  expect(answerOf(blankAnswer())).toBeUndefined()
  expect(answerOf({ solved: '', satisfied: 'yes', words: 'x' })).toBeUndefined()
  expect(answerOf({ solved: 'yes', satisfied: '', words: '' })).toEqual({ solved: true })
  expect(answerOf({ solved: 'yes', satisfied: 'no', words: ' 太慢 ' })).toEqual({ solved: true, satisfied: false, words: '太慢' })
  expect(answerOf({ solved: 'no', satisfied: 'no', words: '' })).toEqual({ solved: false, satisfied: false })
})

test('who was not reached has said nothing, whatever was chosen before', () => {
  expect(answerOf({ solved: 'unreached', satisfied: 'yes', words: '' })).toEqual({})
  expect(answerOf({ solved: 'gives_up', satisfied: '', words: '三次没人接' })).toEqual({ gives_up: true, words: '三次没人接' })
})
