// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { ChatMessage } from '@/shared/api/chat'
import { numberIn, wordsForCase } from './chat_name'

const said = (number: number, text: string, author: ChatMessage['author'] = 'citizen', file: ChatMessage['file'] = null): ChatMessage => ({ chat: 7, number, at: '', author, key: '', text, note: '', file })

test('a case begins with what the citizen said and sent', () => {
  expect(wordsForCase([said(1, '', 'system'), said(2, ' 家里漏水 '), said(3, '请报修', 'robot'), said(4, 'a.jpg', 'citizen', { name: 'a.jpg', bytes: 1, kind: 'jpg' })])).toBe('家里漏水\na.jpg')
})
test('of a long talk the newest words are kept', () => {
  const words = wordsForCase([said(1, '旧'.repeat(2_000)), said(2, '新'.repeat(2_000))])
  expect(words).toBe('新'.repeat(2_000))
})
test('a number is one only when it is nothing else', () => {
  expect(['138 0000-0000', '+8610123456', 'a@b.cn', '13', 'call 13800000000'].map(numberIn)).toEqual(['13800000000', '+8610123456', '', '', ''])
})
