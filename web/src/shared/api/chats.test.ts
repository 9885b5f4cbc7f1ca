// @vitest-environment happy-dom
// SPDX-License-Identifier: Apache-2.0
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ChatMessage, DeskChat } from './chat'
import { inOrder, useChats } from './chats'
import type { DeskMessage } from './contract'
import { Refused } from './desk_link'

const asked: { name: string; args: Record<string, unknown> }[] = []
let answer: (name: string, args: Record<string, unknown>) => Promise<object>
let tell: (message: DeskMessage) => void = () => undefined
vi.mock('./desk', () => ({
  useDesk: () => ({
    link: 'open',
    listen: (listener: (message: DeskMessage) => void) => { tell = listener },
    command: (name: string, args: Record<string, unknown>) => {
      asked.push({ name, args })
      return answer(name, args)
    },
  }),
}))

const chat = (id: number, of: Partial<DeskChat> = {}): DeskChat => ({ id, state: 'with_agent', since: '2026-11-23T08:00:00Z', owes_since: null, queue: 1, queue_title: '', last: null, contact: '', ...of })
const said = (number: number, author: ChatMessage['author'] = 'citizen', of: Partial<ChatMessage> = {}): ChatMessage => ({ chat: 7, number, at: '', author, key: '', text: '', note: '', ...of })
const chats = (items: DeskChat[]): DeskMessage => ({ type: 'chats', at: '', chats: { is_offered: true, is_ready: true, is_talking: false, at_once: 3, waiting: 0, longest_since: null, items } })
const message = (one: ChatMessage): DeskMessage => ({ type: 'chat_message', at: '', message: one })

beforeEach(() => {
  setActivePinia(createPinia())
  asked.length = 0
  answer = () => Promise.resolve({ type: 'done', id: 1, items: [] })
})

test('who waits for words longest stands first, then the others as they came', () => {
  const items = [chat(1, { since: '2026-11-23T08:05:00Z' }), chat(2, { owes_since: '2026-11-23T08:09:00Z' }), chat(3), chat(4, { owes_since: '2026-11-23T08:07:00Z' })]
  expect(inOrder(items).map((c) => c.id)).toEqual([4, 2, 3, 1])
})
test('what a citizen says is unread until the conversation is opened', async () => {
  const store = useChats()
  tell(chats([chat(7)]))
  tell(message(said(1)))
  tell(message(said(2)))
  expect(store.unreadOf(store.items[0]!)).toBe(2)
  await store.open(7)
  expect(store.unreadOf(store.items[0]!)).toBe(0)
  tell(message(said(3)))
  expect(store.unreadOf(store.items[0]!)).toBe(0)
  store.fold()
  tell(message(said(4)))
  expect(store.unreadOf(store.items[0]!)).toBe(1)
})
test('before it was read the last message tells whether there is something new', () => {
  const store = useChats()
  tell(chats([chat(7, { last: said(9) }), chat(8, { last: said(3, 'agent') })]))
  expect(store.items.map((c) => store.unreadOf(c))).toEqual([1, 0])
})
test('opening reads from the first gap, in pieces of 200', async () => {
  const store = useChats()
  tell(chats([chat(7)]))
  tell(message(said(1)))
  tell(message(said(250)))
  answer = (_, args) => Promise.resolve({ items: Array.from({ length: Math.min(200, 260 - Number(args.after)) }, (_, i) => said(Number(args.after) + i + 1)) })
  await store.open(7)
  expect(asked.map((a) => a.args.after)).toEqual([1, 201])
  expect(store.log.map((m) => m.number)).toEqual(Array.from({ length: 260 }, (_, i) => i + 1))
  await store.open(7)
  expect(asked).toHaveLength(2)
})
test('what could not be sent goes again with the same key when the line is back', async () => {
  const store = useChats()
  answer = () => Promise.reject(new Refused('not_connected', ''))
  await store.say(7, '您好')
  expect(store.outgoing.map((one) => one.why)).toEqual([''])
  answer = () => Promise.resolve({})
  tell({ type: 'hello', at: '', desk: null })
  await vi.waitFor(() => expect(store.outgoing).toEqual([]))
  const keys = asked.filter((a) => a.name === 'chat_say').map((a) => a.args.key)
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})
test('what is refused stays with why, and its words can be had back', async () => {
  const store = useChats()
  answer = () => Promise.reject(new Refused('chat_article_not_said', 'x'))
  await store.sayArticle(7, 3, 2, '暖气')
  expect(store.outgoing).toMatchObject([{ article: 3, version: 2, why: 'chat_article_not_said' }])
  expect(store.takeBack(store.outgoing[0]!.key)).toBe('暖气')
  expect(store.outgoing).toEqual([])
})
test('an article is sent by its number and version, never by words', async () => {
  const store = useChats()
  await store.sayArticle(7, 3, 2, '暖气')
  expect(asked[0]!.args).toEqual({ chat: 7, key: asked[0]!.args.key, article: 3, version: 2 })
})
test('the keys go round through the list, and from none to the first', async () => {
  const store = useChats()
  expect(store.step(1)).toBe(0)
  tell(chats([chat(1), chat(2), chat(3)]))
  expect([store.step(1), store.step(-1)]).toEqual([1, 1])
  await store.open(3)
  expect([store.step(1), store.step(-1)]).toEqual([1, 2])
})
test('one that left the desk stays on the screen until it is folded', async () => {
  const store = useChats()
  tell(chats([chat(7, { contact: '138' })]))
  await store.open(7)
  tell(chats([]))
  expect([store.isMine, store.openChat?.contact]).toEqual([false, '138'])
  store.fold()
  expect(store.openChat).toBeUndefined()
})
test('the words that were spared stand by their message', () => {
  const store = useChats()
  tell({ type: 'chat_warning', at: '', chat: 7, number: 4, words: ['笨蛋'] })
  expect(store.spared['7/4']).toEqual(['笨蛋'])
})
