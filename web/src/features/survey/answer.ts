// SPDX-License-Identifier: Apache-2.0
// What an answer must hold before it is sent.
import type { Word } from './words'

/** What keeps the answer from being sent, or nothing. */
export function missing(solved: boolean | undefined, score: number): Word | undefined {
  if (solved === undefined) return 'solved_needed'
  return score < 1 || score > 5 ? 'score_needed' : undefined
}
