// SPDX-License-Identifier: Apache-2.0
// The questions of a case type and what is wrong with answers: the rules of src/cases/answer_form.cpp, so that most
// faults are told without asking the server.
import { dayIn } from './day_text'

export type FieldKind = 'text' | 'number' | 'choice' | 'date' | 'phone' | 'address' | 'yes_no'
export const fieldKinds: FieldKind[] = ['text', 'number', 'choice', 'date', 'phone', 'address', 'yes_no']

export interface FormField {
  code: string
  title: string
  kind: FieldKind
  is_required: boolean
  chars_max: number
  min?: number | null
  max?: number | null
  unit: string
  choices: { code: string; title: string }[]
  shown_when?: { field: string; values: string[] } | null
}
export type Answers = Record<string, string>

/** A key of the message files below `answers.` and what its sentence names. */
export interface AnswerFault {
  field: string
  code: string
  values: Record<string, string | number>
}

const given = (answers: Answers, code: string) => (answers[code] ?? '').trim()

/** Its condition holds, and the field it hangs on is asked itself. */
export function isShown(form: FormField[], answers: Answers, code: string): boolean {
  let at: string = code
  // Conditions point backwards; the count guards a form that breaks that rule.
  for (let steps = 0; steps <= form.length; steps++) {
    const field = form.find((f) => f.code === at)
    if (!field) return false
    if (!field.shown_when) return true
    if (!field.shown_when.values.includes(given(answers, field.shown_when.field))) return false
    at = field.shown_when.field
  }
  return false
}

/** "−30 ℃" with the minus sign of numbers */
export const measured = (n: number, unit: string) => `${String(n).replace('-', '\u2212')}${unit ? ` ${unit}` : ''}`

/** Masked by the server: stays as it is stored when it comes back. */
const isMasked = (text: string) => /\*{3,}/.test(text)

function isPhone(text: string): boolean {
  const digits = text.replace(/[\s()-]/g, '').replace(/^\+/, '')
  return /^\d{3,20}$/.test(digits)
}

function faultOf(field: FormField, text: string): AnswerFault | undefined {
  const fault = (code: string, values: AnswerFault['values'] = {}) => ({ field: field.code, code, values: { title: field.title, ...values } })
  if (!text) return field.is_required ? fault('need_answer') : undefined
  const chars = [...text].length
  switch (field.kind) {
    case 'text':
    case 'address':
      return chars > field.chars_max ? fault('too_long', { chars_max: field.chars_max, chars }) : undefined
    case 'number': {
      const n = Number(text)
      if (!/^-?\d+(\.\d+)?$/.test(text) || !Number.isFinite(n)) return fault('not_a_number')
      if (field.min != null && n < field.min) return fault('too_small', { min: measured(field.min, field.unit) })
      return field.max != null && n > field.max ? fault('too_large', { max: measured(field.max, field.unit) }) : undefined
    }
    case 'choice':
      return field.choices.some((c) => c.code === text) ? undefined : fault('unknown_choice')
    case 'date':
      return dayIn(text) === text ? undefined : fault('not_a_date')
    case 'phone':
      return isMasked(text) || isPhone(text) ? undefined : fault('not_a_phone')
    case 'yes_no':
      return text === 'yes' || text === 'no' ? undefined : fault('not_yes_or_no')
  }
}

/** At most one a field, in the order of the form; fields that are not shown are not looked at. */
export function faultsOf(form: FormField[], answers: Answers): AnswerFault[] {
  return form
    .filter((f) => isShown(form, answers, f.code))
    .flatMap((f) => faultOf(f, given(answers, f.code)) ?? [])
}

/** What is worth sending: of fields shown, without spaces around, empty ones left out. */
export function keptAnswers(form: FormField[], answers: Answers): Answers {
  const out: Answers = {}
  for (const f of form)
    if (given(answers, f.code) && isShown(form, answers, f.code)) out[f.code] = given(answers, f.code)
  return out
}

/** As a day is kept: 2026/1/5 becomes 2026-01-05; what is no day stays as typed. */
export const tidyDay = (text: string) => dayIn(text) ?? text
