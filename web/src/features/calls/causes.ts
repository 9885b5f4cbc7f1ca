// SPDX-License-Identifier: Apache-2.0
// Why a call ended, as in interactions/end_cause.h, and how each is coloured.
export const causes = [
  'completed', 'abandoned', 'left_in_flow', 'self_served', 'cancelled', 'no_answer', 'busy', 'declined', 'no_such_number',
  'not_allowed', 'queue_full', 'overload', 'media_failed', 'media_lost', 'seat_lost', 'transferred', 'replaced', 'system_error', 'drained', 'callback_promised', 'left_message',
] as const

const lost = ['abandoned', 'queue_full', 'overload', 'media_failed', 'media_lost', 'seat_lost', 'system_error', 'drained']
const fine = ['completed', 'self_served', 'transferred']

export function toneOf(cause: string): '' | 'idle' | 'danger' | 'talk' {
  if (!cause) return 'talk'
  if (fine.includes(cause)) return 'idle'
  return lost.includes(cause) ? 'danger' : ''
}
