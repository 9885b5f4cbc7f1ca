// SPDX-License-Identifier: Apache-2.0
// A talk between a citizen and the robot, as plain data: what was said, what is open, and when a person is due.
import { type Kind, kinds } from '@/shared/api/live'

export interface Choice {
  matter: string
  title: string
}
/** Of an article that is said now, for the citizen's eyes. */
export interface CitizenAnswer {
  article_id: number
  version: number
  title: string
  statement: string
  text: string
  materials: string[]
  steps: string[]
  regions: string[]
  transfer: string
  source: string
  valid_until?: string | null
  as_of: string
}
export interface Reply {
  /** chosen: of a choice that was picked */
  certainty: 'sure' | 'chosen' | 'confirm' | 'choose' | 'unknown' | 'learning'
  choices: Choice[]
  answer?: CitizenAnswer | null
  offer_person: boolean
  /** what can be looked up right now about it; "None" for nothing */
  live?: string
  telephone: string
}
export type Turn =
  | { kind: 'citizen'; text: string }
  | { kind: 'answer'; answer: CitizenAnswer }
  | { kind: 'choose' | 'confirm'; choices: Choice[] }
  /** nothing found; the robot is not ready; there is such a matter and nothing is written of it; "none of these" */
  | { kind: 'unknown' | 'learning' | 'unwritten' | 'declined' }

export interface Talk {
  turns: Turn[]
  /** turns in a row that did not help */
  failed: number
  offersPerson: boolean
  telephone: string
  /** a kind of shared/api/live.ts to look up now, of the last answer */
  live?: Kind
}

/** A person is offered at once after so many turns that did not help. */
export const failedMax = 2
const turnsMax = 40
const choicesMax = 3

export const begin = (telephone = ''): Talk => ({ turns: [], failed: 0, offersPerson: false, telephone })

const withTurn = (talk: Talk, turn: Turn): Talk => ({ ...talk, live: undefined, turns: [...talk.turns, turn].slice(-turnsMax) })
function failedOnce(talk: Talk, turn: Turn): Talk {
  const failed = talk.failed + 1
  return { ...withTurn(talk, turn), failed, offersPerson: talk.offersPerson || failed >= failedMax }
}

/** What the citizen typed, or the title of what they chose. */
export const said = (talk: Talk, text: string): Talk => withTurn(talk, { kind: 'citizen', text })

/** What can be looked up now, if this page knows how. */
export const lookable = (live: unknown): Kind | undefined => kinds.find((each) => each === live)

/** The talk with the reply, and what it offers to look up. */
export const heard = (talk: Talk, reply: Reply): Talk => ({ ...replied(talk, reply), live: lookable(reply.live) })
function replied(talk: Talk, reply: Reply): Talk {
  const told = { ...talk, telephone: reply.telephone || talk.telephone, offersPerson: talk.offersPerson || reply.offer_person }
  if (reply.answer) return { ...withTurn(told, { kind: 'answer', answer: reply.answer }), failed: 0, offersPerson: reply.offer_person }
  const choices = reply.choices.slice(0, choicesMax)
  if (reply.certainty === 'learning') return failedOnce(told, { kind: 'learning' })
  if (reply.certainty === 'sure' || reply.certainty === 'chosen') return failedOnce(told, { kind: 'unwritten' })
  if (reply.certainty === 'unknown' || !choices.length) return failedOnce(told, { kind: 'unknown' })
  return withTurn(told, { kind: reply.certainty, choices })
}

/** None of what was offered is meant. */
export const declined = (talk: Talk, words: string): Talk => failedOnce(said(talk, words), { kind: 'declined' })

/** What the citizen is asked to choose from now; only the last turn can be answered. */
export function openChoices(talk: Talk): { kind: 'choose' | 'confirm'; choices: Choice[] } | undefined {
  const last = talk.turns[talk.turns.length - 1]
  return last && (last.kind === 'choose' || last.kind === 'confirm') ? last : undefined
}

const isText = (x: unknown): x is string => typeof x === 'string'
const isList = (x: unknown): x is string[] => Array.isArray(x) && x.every(isText)
function isAnswer(x: unknown): x is CitizenAnswer {
  const a = x as CitizenAnswer | null
  return !!a && [a.title, a.statement, a.text, a.transfer, a.source, a.as_of].every(isText) && [a.materials, a.steps, a.regions].every(isList)
}
const isChoice = (x: unknown): x is Choice => isText((x as Choice | null)?.matter) && isText((x as Choice).title)
function isTurn(x: unknown): x is Turn {
  const turn = x as Turn | null
  if (turn?.kind === 'citizen') return isText(turn.text)
  if (turn?.kind === 'answer') return isAnswer(turn.answer)
  if (turn?.kind === 'choose' || turn?.kind === 'confirm') return Array.isArray(turn.choices) && turn.choices.length > 0 && turn.choices.every(isChoice)
  return ['unknown', 'learning', 'unwritten', 'declined'].includes(String(turn?.kind))
}
/** A talk of before the page was loaded again; undefined when it is not whole. */
export function readTalk(text: string | null): Talk | undefined {
  try {
    const found = JSON.parse(text ?? 'null') as Talk | null
    const isWhole = !!found && Array.isArray(found.turns) && found.turns.every(isTurn) && Number.isInteger(found.failed) && typeof found.offersPerson === 'boolean' && isText(found.telephone)
    return isWhole ? { turns: found.turns, failed: found.failed, offersPerson: found.offersPerson, telephone: found.telephone, live: lookable(found.live) } : undefined
  } catch {
    return undefined
  }
}

/** A number that may stand in a tel: link. */
export const isNumber = (text: string): boolean => /^\+?\d[\d-]{1,19}$/.test(text)
