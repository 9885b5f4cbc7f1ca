// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { ChatMessage } from '@/shared/api/chat'
import { questionIn } from './proposal'

const said = (number: number, author: ChatMessage['author'], text: string): ChatMessage => ({ chat: 7, number, author, at: '', key: '', text, note: '' })

test('a proposal is for the citizen\'s last words, as far back as the agent\'s', () => {
  const log = [said(1, 'citizen', '旧的'), said(2, 'agent', '您好'), said(3, 'citizen', '暖气'), said(4, 'system', ''), said(5, 'citizen', '不热')]
  expect(questionIn(log)).toBe('暖气 不热')
  expect(questionIn([...log, said(6, 'agent', '好')])).toBe('')
  expect(questionIn([1, 2, 3, 4].map((n) => said(n, 'citizen', `第${n}句`)))).toBe('第2句 第3句 第4句')
  expect(questionIn([said(1, 'citizen', 'x'.repeat(5_000))])).toHaveLength(200)
})
