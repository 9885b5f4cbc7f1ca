// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import chinese from '@/shared/messages/zh-CN/chat.json'
import { causeKey } from './chat_row'
import { wordsIn } from './words_list'

test('a pasted list becomes words: each once, none empty', () => {
  expect(wordsIn('笨蛋\n\n 骗子 ，笨蛋、bad word;x')).toEqual(['笨蛋', '骗子', 'bad word', 'x'])
  expect(wordsIn(' \n ')).toEqual([])
})
test('how it ended has words; while it goes on there are none', () => {
  expect(causeKey('')).toBe('')
  for (const cause of ['message_left', 'ended_by_citizen', 'ended_by_agent', 'ended_by_silence', 'ended_away'])
    expect(chinese).toHaveProperty(causeKey(cause).replace('chat.', ''))
})
