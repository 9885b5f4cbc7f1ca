// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { ChatMessage } from '@/shared/api/chat'
import { askedIn, isAnswered, offerIn } from './choices'

const items = ['a', 'b', 'c', 'd'].map((matter) => ({ matter, title: matter, is_safety: false }))
const said = (number: number, author: ChatMessage['author'], chat = 7): ChatMessage => ({ chat, number, author, at: '', key: '', text: '', note: '' })

test('up to three choices are offered, and none when none is whole', () => {
  expect(askedIn(7, { to: 3, kind: 'confirm', items })).toMatchObject({ to: 3, kind: 'confirm', items: items.slice(0, 3) })
  expect(askedIn(7, { to: 3, items: [null, { matter: 1 }] })).toBeUndefined()
  expect(askedIn(7, {})).toBeUndefined()
})
test('they are open until the citizen or an agent says something after them', () => {
  const asked = askedIn(7, { to: 3, items })!
  expect(isAnswered(asked, [said(2, 'citizen'), said(3, 'citizen'), said(4, 'robot'), said(5, 'system')])).toBe(false)
  expect(isAnswered(asked, [said(5, 'citizen')])).toBe(true)
  expect(isAnswered(asked, [said(5, 'agent')])).toBe(true)
  expect(isAnswered(asked, [said(1, 'system', 8)])).toBe(true)
})
test('only what this page can ask about is offered', () => {
  expect(offerIn(7, { to: 3, kind: 'Application', is_personal: true })).toEqual({ chat: 7, to: 3, kind: 'Application', is_personal: true })
  expect(offerIn(7, { to: 3, kind: 'None' })).toBeUndefined()
  expect(offerIn(7, {})).toBeUndefined()
})
