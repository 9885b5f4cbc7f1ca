// SPDX-License-Identifier: Apache-2.0
// My conversations in writing as the server last told them: who waits for words longest stands first, one is open,
// what I typed stays with each, and what could not be sent is sent again with the same key.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { merged } from '../lib/chat_log'
import { newKey } from '../lib/new_key'
import type { ChatDesk, ChatMessage, DeskChat } from './chat'
import type { DeskMessage } from './contract'
import { useDesk } from './desk'
import { Refused } from './desk_link'

export interface Outgoing {
  chat: number
  key: string
  text: string
  article?: number
  version?: number
  /** what the server has against it, "" while it is on its way */
  why: string
  why_text: string
}
/** Those who wait for words first, the longest in front; the others as they came. */
export function inOrder(items: readonly DeskChat[]): DeskChat[] {
  const owed = (c: DeskChat) => (c.owes_since ? Date.parse(c.owes_since) : Infinity)
  return [...items].sort((a, b) => (owed(a) === owed(b) ? Date.parse(a.since) - Date.parse(b.since) || a.id - b.id : owed(a) - owed(b)))
}
const pieceMax = 200
const passing = ['not_connected', 'no_answer_from_server', 'chat_too_fast']
const againAfter = 1_500

export const useChats = defineStore('chats', () => {
  const desk = useDesk()
  const view = shallowRef<ChatDesk>()
  const openId = ref(0)
  /** the open one, also after it left the desk */
  const openChat = shallowRef<DeskChat>()
  const logs = shallowRef<ReadonlyMap<number, ChatMessage[]>>(new Map())
  const isRead = new Set<number>()
  const seen = ref<Record<number, number>>({})
  const typed = ref<Record<number, string>>({})
  const outgoing = ref<Outgoing[]>([])
  /** sensitive words that the citizen was spared, by "chat/number" */
  const spared = ref<Record<string, string[]>>({})
  let again: ReturnType<typeof setTimeout> | undefined

  const items = computed(() => inOrder(view.value?.items ?? []))
  const isMine = computed(() => items.value.some((c) => c.id === openId.value))
  const log = computed(() => logs.value.get(openId.value) ?? [])
  const unreadOf = (c: DeskChat): number => {
    const after = seen.value[c.id] ?? 0
    const kept = logs.value.get(c.id)
    if (kept?.length) return kept.filter((m) => m.author === 'citizen' && m.number > after).length
    return c.last?.author === 'citizen' && c.last.number > after ? 1 : 0
  }

  function show(next: ChatDesk): void {
    view.value = next
    const now = next.items.find((c) => c.id === openId.value)
    if (now) openChat.value = now
  }
  function take(message: DeskMessage): void {
    if (message.type === 'chats') show(message.chats)
    else if (message.type === 'chat_message') keep(message.message.chat, [message.message])
    else if (message.type === 'chat_warning') spared.value = { ...spared.value, [`${message.chat}/${message.number}`]: message.words }
    else if (message.type === 'hello') cameBack()
  }
  function keep(chat: number, more: ChatMessage[]): void {
    logs.value = new Map(logs.value).set(chat, merged(logs.value.get(chat) ?? [], more))
    const keys = more.filter((m) => m.author === 'agent').map((m) => m.key)
    if (keys.length) outgoing.value = outgoing.value.filter((one) => !keys.includes(one.key))
    if (chat === openId.value) look(chat)
  }
  function look(chat: number): void {
    const last = logs.value.get(chat)?.at(-1)
    if (last) seen.value = { ...seen.value, [chat]: last.number }
  }
  /** What was said while the line was down is read anew, and what I said then goes out. */
  function cameBack(): void {
    isRead.clear()
    if (openId.value) void read(openId.value).catch(() => undefined)
    for (const one of outgoing.value) if (!one.why) void send(one)
  }
  async function read(chat: number): Promise<void> {
    if (isRead.has(chat)) return
    // The first gap in what is here; what came by itself may have left one.
    const here = logs.value.get(chat) ?? []
    let after = here.findIndex((m, i) => m.number !== i + 1)
    after = after < 0 ? here.length : after
    for (;;) {
      const done = await desk.command('chat_read', { chat, after })
      const got = Array.isArray(done.items) ? (done.items as ChatMessage[]) : []
      keep(chat, got)
      if (got.length < pieceMax) break
      after = got[got.length - 1]!.number
    }
    isRead.add(chat)
  }

  async function open(id: number): Promise<void> {
    openId.value = id
    openChat.value = items.value.find((c) => c.id === id)
    look(id)
    if (id) await read(id)
  }
  function fold(): void {
    openId.value = 0
    openChat.value = undefined
  }
  /** Through the list from the open one; from none to the first. @returns the id, 0: there are none */
  function step(by: number): number {
    const ids = items.value.map((c) => c.id)
    if (!ids.length) return 0
    const at = ids.indexOf(openId.value)
    return ids[at < 0 ? 0 : (at + by + ids.length) % ids.length]!
  }

  function put(one: Omit<Outgoing, 'key' | 'why' | 'why_text'>): Promise<void> {
    const whole: Outgoing = { ...one, key: newKey(), why: '', why_text: '' }
    outgoing.value = [...outgoing.value, whole]
    return send(whole)
  }
  async function send(one: Outgoing): Promise<void> {
    const { chat, key, text, article, version } = one
    try {
      await desk.command('chat_say', article ? { chat, key, article, version } : { chat, key, text })
      outgoing.value = outgoing.value.filter((each) => each.key !== key)
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'unknown'
      if (passing.includes(code)) {
        clearTimeout(again)
        again = setTimeout(() => { for (const each of outgoing.value) if (!each.why && desk.link === 'open') void send(each) }, againAfter)
        return
      }
      outgoing.value = outgoing.value.map((each) => (each.key === key ? { ...each, why: code, why_text: error instanceof Refused ? error.text : '' } : each))
    }
  }
  const say = (chat: number, text: string) => put({ chat, text })
  /** What the article says to citizens, as the server has it now. */
  const sayArticle = (chat: number, article: number, version: number, title: string) => put({ chat, text: title, article, version })
  function takeBack(key: string): string {
    const text = outgoing.value.find((one) => one.key === key)?.text ?? ''
    outgoing.value = outgoing.value.filter((one) => one.key !== key)
    return text
  }

  desk.listen(take)
  return {
    view, items, openId, openChat, isMine, log, seen, typed, outgoing, spared,
    unreadOf, open, fold, step, say, sayArticle, takeBack,
    ready: (at_once: number) => desk.command('chat_ready', { at_once }),
    pause: () => desk.command('chat_pause'),
    end: (chat: number) => desk.command('chat_end', { chat }),
    passOn: (chat: number, queue: number, note: string) => desk.command('chat_pass', { chat, queue, note }),
    becameCase: (chat: number, made: number) => desk.command('chat_case', { chat, case: made }),
  }
})
