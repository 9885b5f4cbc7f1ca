// SPDX-License-Identifier: Apache-2.0
// What goes with a citizen from one channel to the next, as docs/chat-protocol.md has it.
import type { ChatStory } from './chat'
import type { Page } from './contract'
import { ask } from './http'

/** What came with a call or belongs to a case. */
export interface Carried {
  /** 0: it became the case without a link */
  link: number
  made_at?: string | null
  page: string
  field: string
  fault: string
  story?: ChatStory | null
}
export interface CarryWish {
  /** of the citizen's conversation, or "" */
  token: string
  page?: string
  field?: string
  fault?: string
}

export const carryApi = {
  make: (wish: CarryWish) => ask<{ code: string; expires_at: string }>('/citizen/call-links', { method: 'POST', body: wish, isSignIn: true }),
  ofCall: (id: number) => ask<Page<Carried>>(`/calls/${id}/chat`),
  ofCase: (id: number) => ask<Page<Carried>>(`/cases/${id}/chats`),
}

/** The code behind the # of an address, where no log sees it; "": there is none. */
export function codeIn(hash: string): string {
  const code = new URLSearchParams(hash.replace(/^#/, '')).get('carry') ?? ''
  return /^[\w-]{22}$/.test(code) ? code : ''
}
