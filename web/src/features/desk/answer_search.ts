// SPDX-License-Identifier: Apache-2.0
// What is shown for an answer of the server: one that is sure, choices, or only what was found.
import type { FoundAnswer, Understood } from '@/shared/api/knowledge'

export const choicesMax = 3

export interface Shown {
  /** what must be asked first, up to three */
  choices: Understood['choices']
  /** danger may be meant */
  isUrgent: boolean
  isLearning: boolean
  /** best first; those of the matter that is meant stand before the others */
  found: FoundAnswer[]
  /** a matter was understood, and nothing is written about it */
  isUnwritten: boolean
}

/** @param picked the matter that the agent chose, "" before */
export function shownOf(of: Understood, picked: string): Shown {
  const sure = picked || (of.certainty === 'sure' ? (of.choices[0]?.matter ?? '') : '')
  const asks = !picked && (of.certainty === 'choose' || of.certainty === 'confirm')
  const mine = of.found.filter((answer) => answer.matter === sure)
  return {
    choices: asks ? of.choices.slice(0, choicesMax) : [],
    isUrgent: asks && (of.certainty === 'confirm' || of.choices.slice(0, choicesMax).some((c) => c.is_safety)),
    isLearning: of.certainty === 'learning',
    found: sure ? [...mine, ...of.found.filter((answer) => answer.matter !== sure)] : of.found,
    isUnwritten: !!sure && !mine.length,
  }
}

/** What the citizen is told, as one text to be pasted: the sentence first, then the lists. */
export function citizenText(answer: FoundAnswer, words: { materials: string; steps: string }): string {
  const list = (title: string, rows: string[]) => (rows.length ? `${title}\n${rows.map((row, i) => `${i + 1}. ${row}`).join('\n')}` : '')
  const own = answer.citizen_text.trim()
  const said = own.includes(answer.statement.trim()) ? own : [answer.statement.trim(), own].filter(Boolean).join('\n')
  return [said, list(words.materials, answer.materials), list(words.steps, answer.steps)].filter(Boolean).join('\n')
}
