// SPDX-License-Identifier: Apache-2.0
// How a conversation's state and end look in a list.
import type { ChatState } from '@/shared/api/chat'

const tones: Record<ChatState, string> = { with_robot: '', waiting: 'warn', with_agent: 'talk', ended: '', rated: 'idle' }
export const toneOf = (state: ChatState): string => tones[state] ?? ''

const causes = ['message_left', 'ended_by_citizen', 'ended_by_agent', 'ended_by_silence', 'ended_away']
/** A key of the message files; "" while it goes on. */
export const causeKey = (cause: string): string => (causes.includes(cause) ? `chat.note_${cause}` : '')
