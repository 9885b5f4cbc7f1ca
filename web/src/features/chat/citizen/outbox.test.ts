// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { frameOf, readOutbox, refusedIn, settled, unsent } from './outbox'

test('each message has a key of its own, and keeps it', () => {
  const [a, b] = [unsent({ text: '一' }), unsent({ text: '二' })]
  expect(a.key).not.toBe(b.key)
  expect(readOutbox(JSON.stringify([a, b]))).toEqual([a, b])
  expect(frameOf(a)).toEqual({ type: 'say', key: a.key, text: '一' })
})
test('a choice carries its matter, a message that is left its contact', () => {
  expect(frameOf(unsent({ key: 'k', text: '退费', matter: 'refund' }))).toEqual({ type: 'say', key: 'k', text: '退费', matter: 'refund' })
  expect(frameOf(unsent({ key: 'k', type: 'leave_message', text: '漏水', contact: '13800000000' }))).toEqual({ type: 'leave_message', key: 'k', text: '漏水', contact: '13800000000' })
})
test('what is on disk leaves the box, what was refused says why', () => {
  const box = [unsent({ key: 'a', text: '一' }), unsent({ key: 'b', text: '二' })]
  expect(settled(box, ['a']).map((one) => one.key)).toEqual(['b'])
  expect(refusedIn(box, 'b', 'text_too_long').map((one) => one.why)).toEqual(['', 'text_too_long'])
})
test('a box that is not whole is read as far as it is', () => {
  const good = unsent({ text: '一' })
  expect(readOutbox(JSON.stringify([good, { key: '../x', type: 'say', text: 'a', why: '' }, null, 7]))).toEqual([good])
  for (const broken of [undefined, '', '{', '{}', '"x"']) expect(readOutbox(broken)).toEqual([])
})
