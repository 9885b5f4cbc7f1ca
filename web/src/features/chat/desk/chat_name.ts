// SPDX-License-Identifier: Apache-2.0
// What a conversation is called, when the desk is about to lose it, and what of it a case begins with.
import type { ChatMessage, DeskChat } from '@/shared/api/chat'

/** ms without an answer; after two minutes the server gives it to somebody else */
export const warnAfter = 60_000
export const lateAfter = 100_000
/** of a case's description */
const wordsMax = 3_000

export const chatName = (c: Pick<DeskChat, 'contact'>): string => c.contact.trim()

/** The citizen's own words and names of files, one a line, the newest kept when there are too many. */
export function wordsForCase(messages: readonly ChatMessage[]): string {
  const lines = messages.filter((m) => m.author === 'citizen').map((m) => (m.file ? m.file.name : m.text.trim())).filter(Boolean)
  let length = 0
  const kept: string[] = []
  for (const line of [...lines].reverse()) {
    length += line.length + 1
    if (length > wordsMax && kept.length) break
    kept.unshift(line.slice(0, wordsMax))
  }
  return kept.join('\n')
}

/** A telephone number in what was given to be reached by, "" when there is none. */
export function numberIn(contact: string): string {
  const digits = contact.replace(/[\s-]/g, '')
  return /^\+?\d{5,20}$/.test(digits) ? digits : ''
}
