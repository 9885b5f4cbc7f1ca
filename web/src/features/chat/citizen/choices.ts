// SPDX-License-Identifier: Apache-2.0
// What the robot asks back: open until something is said after it.
import type { ChatChoice, ChatMessage } from '@/shared/api/chat'
import { type Kind, kinds } from '@/shared/api/live'

export interface Asked {
  chat: number
  /** the number of the message that they are about */
  to: number
  kind: 'choose' | 'confirm'
  items: ChatChoice[]
}
const most = 3

/** Undefined when there is nothing to choose from. */
export function askedIn(chat: number, message: { to?: unknown; kind?: unknown; items?: unknown }): Asked | undefined {
  const items = (Array.isArray(message.items) ? (message.items as ChatChoice[]) : []).filter((c) => typeof c?.matter === 'string' && typeof c.title === 'string')
  if (!items.length) return undefined
  return { chat, to: Number(message.to) || 0, kind: message.kind === 'confirm' ? 'confirm' : 'choose', items: items.slice(0, most) }
}

/** What the robot offers to look up, about message `to`. */
export interface Offer {
  chat: number
  to: number
  kind: Kind
  is_personal: boolean
}
/** Undefined for what this page does not know. */
export function offerIn(chat: number, message: { to?: unknown; kind?: unknown; is_personal?: unknown }): Offer | undefined {
  const kind = kinds.find((each) => each === message.kind)
  return kind && { chat, to: Number(message.to) || 0, kind, is_personal: message.is_personal === true }
}

/** Whether the citizen said something after what the choices are about, or a person has it now. */
export const isAnswered = (asked: Pick<Asked, 'chat' | 'to'>, messages: readonly ChatMessage[]): boolean =>
  messages.some((m) => m.chat > asked.chat || (m.chat === asked.chat && m.number > asked.to && (m.author === 'citizen' || m.author === 'agent')))
