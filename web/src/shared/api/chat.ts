// SPDX-License-Identifier: Apache-2.0
// Conversations in writing, as docs/chat-protocol.md has them; what pages of citizens, desks and supervisors share.
import type { Page } from './contract'
import { ask, type Query } from './http'

export type ChatState = 'with_robot' | 'waiting' | 'with_agent' | 'ended' | 'rated'
export type ChatAuthor = 'citizen' | 'robot' | 'agent' | 'system'

export interface ChatFile {
  name: string
  bytes: number
  kind: string
}
export interface ChatMessage {
  chat: number
  number: number
  at: string
  author: ChatAuthor
  key: string
  text: string
  /** a word of the system, said in its reader's language; "" of all others */
  note: string
  article?: number | null
  version?: number | null
  article_title?: string | null
  file?: ChatFile | null
}
/** A citizen's own conversation. */
export interface Chat {
  id: number
  state: ChatState
  /** from 1 while waiting */
  position: number
  /** an estimate, 0: unknown */
  wait_s: number
  agent_name: string
  /** of the queue it was passed on to, else "" */
  queue_title?: string
  is_office_open: boolean
  began_at: string
  ended_at?: string | null
  cause: string
  stars: number
  case_number: string
  telephone: string
  offers_person: boolean
}
export interface ChatOffice {
  is_offered: boolean
  is_open: boolean
  hours: string[]
  telephone: string
  title: string
  waiting: number
  wait_s: number
}
export interface ChatChoice {
  matter: string
  title: string
  is_safety: boolean
}

/** One conversation at an agent's desk. */
export interface DeskChat {
  id: number
  state: ChatState
  since: string
  /** when the citizen began to wait for words; null: it is their turn */
  owes_since?: string | null
  queue: number
  queue_title: string
  last?: ChatMessage | null
  contact: string
}
/** Where a conversation could be passed on to. */
export interface QueueBeside {
  id: number
  title: string
  is_open: boolean
  /** how many take conversations there now */
  takers: number
}
export interface ChatDesk {
  is_offered: boolean
  is_ready: boolean
  /** on the telephone: no new ones come */
  is_talking: boolean
  at_once: number
  waiting: number
  longest_since?: string | null
  items: DeskChat[]
  queues?: QueueBeside[]
}
/** Beside a desk's other messages. */
export type ChatDeskMessage =
  | { type: 'chats'; at: string; chats: ChatDesk }
  | { type: 'chat_message'; at: string; message: ChatMessage }
  | { type: 'chat_warning'; at: string; chat: number; number: number; words: string[] }

/** In the list of desks and supervisors. */
export interface ChatRow {
  id: number
  queue_id: number
  queue_title: string
  state: ChatState
  agent_id?: number | null
  agent_name: string
  began_at: string
  asked_at?: string | null
  ended_at?: string | null
  cause: string
  messages: number
  stars: number
  rating_words: string
  case_id?: number | null
  contact: string
}
export interface ChatStory {
  chat: ChatRow
  messages: ChatMessage[]
  /** what the same citizen wrote before */
  earlier: ChatMessage[]
}
export interface ChatWords {
  words: string[]
  version: number
}

export const chatApi = {
  list: (query: Query) => ask<Page<ChatRow>>('/chats', { query }),
  story: (id: number) => ask<ChatStory>(`/chats/${id}`),
  words: () => ask<ChatWords>('/chat-words'),
  putWords: (body: ChatWords) => ask<ChatWords | undefined>('/chat-words', { method: 'PUT', body }),
  file: (chat: number, number: number) => `/chats/${chat}/file/${number}`,
}
