// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { whyIn } from './why'

const told = { why: '空闲最久：已空闲 11 秒', why_en: 'idle for longest: 11 s' }

test('the reason is told in the language of the page', () => {
  expect(whyIn('zh-CN', told)).toBe('空闲最久：已空闲 11 秒')
  expect(whyIn('en', told)).toBe('idle for longest: 11 s')
})
test('a reason that has no English yet is told in Chinese, and no reason is none', () => {
  expect(whyIn('en', { why: told.why, why_en: '' })).toBe(told.why)
  expect(whyIn('en', undefined)).toBe('')
  expect(whyIn('zh-CN', { why_en: 'x' })).toBe('')
})
