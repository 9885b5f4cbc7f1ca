// SPDX-License-Identifier: Apache-2.0
// What a person is asked for before something is done to a case, verb by verb.
import type { CaseAct, CaseProgress } from '@/shared/api/contract'

export type ActField = 'unit' | 'part' | 'why' | 'text' | 'legal_basis' | 'channel' | 'outcome' | 'by' | 'answers' | 'solved' | 'until' | 'approver' | 'other'

/** In the order of the form; `?` marks what may stay empty. */
const forms: Record<string, (ActField | `${ActField}?`)[]> = {
  accept: [], begin: [], resume: [],
  dispatch: ['unit', 'why?'], assign: ['unit', 'why'], return: ['why'], uphold_return: ['why'],
  supervise: ['why'], urge: ['text?'],
  co_handle: ['unit', 'text'], co_reply: ['text'], release_part: ['part', 'why'],
  settle: ['answers'], reply: ['answers'], approve: ['why?'], send_back: ['why'],
  tell_citizen: ['channel'], record_attempt: ['channel', 'outcome'], confirm: ['solved', 'text?'],
  close: ['why?'], reopen: ['why'], withdraw: ['why'],
  declare_out_of_scope: ['text', 'legal_basis', 'approver'],
  pause: ['why', 'until', 'approver'], extend: ['by', 'why', 'approver'], link_duplicate: ['other'],
}
/** The engine chooses between these; a person does one thing. */
const sameAs: Record<string, string> = { object: 'confirm', object_unheard: 'confirm', return_again: 'return' }
/** What moves the case on: the first of them is the main button. */
const onward = ['accept', 'begin', 'reply', 'approve', 'tell_citizen', 'confirm', 'dispatch', 'assign', 'settle']

export interface Ask { field: ActField; isNeeded: boolean }
export function asks(verb: string): Ask[] {
  return (forms[verb] ?? []).map((f) => ({ field: f.replace('?', '') as ActField, isNeeded: !f.endsWith('?') }))
}

/** Buttons of a page, the main one first; verbs without a form here are not offered. */
export function buttons(may: string[]): string[] {
  const verbs = new Set(may.map((v) => sameAs[v] ?? v).filter((v) => v in forms))
  const first = onward.filter((v) => verbs.has(v))
  return [...first, ...[...verbs].filter((v) => !first.includes(v))]
}

/** The coloured button, of `buttons`; none where nobody here moves the case on. */
export function mainOf(verbs: string[]): string | undefined {
  return verbs.find((v) => onward.includes(v))
}

export interface ActDraft {
  unit: number | string
  part: number | string
  why: string
  text: string
  legal_basis: string
  channel: string
  outcome: string
  by: string
  answers: Record<string, string>
  solved: '' | 'yes' | 'unhappy' | 'no'
  until: string
  approver: number | string
  /** number of the other case, as people say it */
  other: string
}
export function blankAct(progress: CaseProgress): ActDraft {
  return {
    unit: progress.proposal.unit.id || '', part: '', why: '', text: '', legal_basis: '', channel: 'voice', outcome: 'no_answer', by: '1wd',
    answers: Object.fromEntries(progress.demands.map((d) => [String(d.number), d.answer])), solved: '', until: '', approver: '', other: '',
  }
}

/** The first field that is asked for and empty. */
export function missing(verb: string, draft: ActDraft): ActField | undefined {
  const isEmpty = (field: ActField) =>
    field === 'answers' ? Object.values(draft.answers).some((a) => !a.trim()) : !String(draft[field]).trim()
  return asks(verb).find((a) => a.isNeeded && isEmpty(a.field))?.field
}

export function actOf(verb: string, version: number, draft: ActDraft): CaseAct {
  const act: CaseAct = { version, verb }
  for (const { field } of asks(verb)) {
    if (field === 'unit' || field === 'part') act.unit = Number(draft[field])
    else if (field === 'approver') act.approver = Number(draft.approver)
    else if (field === 'other') continue // The server is asked which case has this number.
    else if (field === 'answers') act.answers = draft.answers
    else if (field === 'until') act.until = new Date(`${draft.until}T18:00:00`).toISOString()
    else if (field === 'solved') {
      act.solved = draft.solved !== 'no'
      if (draft.solved !== 'no') act.satisfied = draft.solved === 'yes'
    } else act[field] = draft[field].trim()
  }
  return act
}
