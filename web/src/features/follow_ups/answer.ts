// SPDX-License-Identifier: Apache-2.0
// What was chosen in the dialog, as the server is told it: two questions, answered apart.
import type { FollowUpAnswer } from '@/shared/api/follow_ups'

export interface AnswerDraft {
  solved: '' | 'yes' | 'no' | 'unreached' | 'gives_up'
  satisfied: '' | 'yes' | 'no'
  words: string
}
export const blankAnswer = (): AnswerDraft => ({ solved: '', satisfied: '', words: '' })

/** Nothing while it is not chosen whether it is solved. */
export function answerOf(draft: AnswerDraft): FollowUpAnswer | undefined {
  if (!draft.solved) return undefined
  const words = draft.words.trim()
  const out: FollowUpAnswer = words ? { words } : {}
  if (draft.solved === 'gives_up') return { ...out, gives_up: true }
  if (draft.solved === 'unreached') return out
  out.solved = draft.solved === 'yes'
  if (draft.satisfied) out.satisfied = draft.satisfied === 'yes'
  return out
}
