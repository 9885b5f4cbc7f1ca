// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { merged, sizeText } from './chat_log'

const m = (chat: number, number: number, text = '') => ({ chat, number, text })

test('messages stand once and in the order they were kept', () => {
  const all = merged([m(7, 2), m(7, 3)], [m(6, 9), m(7, 1), m(7, 3, 'again')])
  expect(all.map((one) => `${one.chat}.${one.number}`)).toEqual(['6.9', '7.1', '7.2', '7.3'])
  expect(all[3]!.text).toBe('again')
})
test('sizes are told as people say them', () => {
  expect([12, 2048, 1_468_006, 10_485_760, 11_000_000].map(sizeText)).toEqual(['12 B', '2 KB', '1.4 MB', '10 MB', '10.5 MB'])
})
