// SPDX-License-Identifier: Apache-2.0
// A case type being edited, as plain data: new fields and classes, their order, choices as lines of text.
import type { CaseType } from '@/shared/api/case_types'
import type { FormField } from '@/shared/lib/answer_form'
import type { CaseClass } from '@/shared/lib/class_search'

/** "field3": the first that nobody has. */
export function freeCode(prefix: string, taken: string[]): string {
  let n = 1
  while (taken.includes(`${prefix}${n}`)) n++
  return `${prefix}${n}`
}

export const natures = ['question', 'help', 'complaint', 'report', 'suggestion', 'praise', 'repair'] as const

/** What belongs to a nature goes with it: repairs go to who is on duty, disclosures are kept in confidence. */
export function setNature(type: CaseType, nature: string): void {
  Object.assign(type, { nature, is_automatic: nature === 'repair', is_confidential: nature === 'report' })
}
export function blankType(codes: string[]): CaseType {
  return { code: freeCode('type', codes), title: '', nature: 'complaint', urgency: 'ordinary', workflow: '', clock_preset: '', is_automatic: false, is_confidential: false, classes: [], form: [] }
}

/** A promise of a table of clocks, "1wd", as a number and a word of the message files; undefined when there is none. */
export function promiseIn(row: string, at: 1 | 2 | 3): { n: number; unit: 'm' | 'h' | 'd' | 'wm' | 'wh' | 'wd' } | undefined {
  const found = /^(\d+)(w?[mhd])$/.exec(row.split(' ')[at] ?? '')
  return found ? { n: Number(found[1]), unit: found[2] as 'm' } : undefined
}

export const copyOf = (type: CaseType): CaseType => JSON.parse(JSON.stringify(type)) as CaseType

export function newField(form: FormField[]): FormField {
  return { code: freeCode('field', form.map((f) => f.code)), title: '', kind: 'text', is_required: false, chars_max: 200, min: null, max: null, unit: '', choices: [], shown_when: null }
}

/** Another kind keeps what it can use of the limits. */
export function setKind(field: FormField, kind: FormField['kind']): void {
  field.kind = kind
  if (kind !== 'number') Object.assign(field, { min: null, max: null, unit: '' })
  if (kind !== 'choice') field.choices = []
}

export function moved<T>(list: T[], from: number, by: number): T[] {
  const to = from + by
  if (to < 0 || to >= list.length) return list
  const out = [...list]
  out.splice(to, 0, ...out.splice(from, 1))
  return out
}

export const choiceLines = (field: FormField) => field.choices.map((c) => c.title).join('\n')
/** A line whose title was there before keeps its code, so that answers go on meaning the same. */
export function choicesIn(text: string, before: FormField['choices']): FormField['choices'] {
  const out: FormField['choices'] = []
  const titles = [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))]
  for (const title of titles) {
    const taken = [...before, ...out].map((c) => c.code)
    out.push(before.find((c) => c.title === title) ?? { code: freeCode('choice', taken), title })
  }
  return out
}

/** What a later field can hang on, as one value for a list: "field=value". */
export function conditions(form: FormField[], at: number, yesNo: Record<'yes' | 'no', string>): { value: string; label: string }[] {
  return form.slice(0, at).flatMap((f) => {
    const values = f.kind === 'yes_no' ? (['yes', 'no'] as const).map((code) => ({ code, title: yesNo[code] })) : f.kind === 'choice' ? f.choices : []
    return values.map((v) => ({ value: `${f.code}=${v.code}`, label: `${f.title} = ${v.title}` }))
  })
}
export const conditionOf = (field: FormField) => (field.shown_when ? `${field.shown_when.field}=${field.shown_when.values.join('|')}` : '')
export function setCondition(field: FormField, value: string): void {
  const [on = '', values = ''] = value.split('=')
  field.shown_when = value ? { field: on, values: values.split('|') } : null
}

/** Below `parent`, after what is there already. */
export function addClass(classes: CaseClass[], parent: string): CaseClass[] {
  const made = { code: freeCode(parent ? `${parent}.class` : 'class', classes.map((c) => c.code)), parent, title: '', initials: '' }
  const last = classes.reduce((at, c, i) => (c.code === parent || isBelow(classes, c.code, parent) ? i : at), parent ? -1 : classes.length - 1)
  return [...classes.slice(0, last + 1), made, ...classes.slice(last + 1)]
}
export function isBelow(classes: CaseClass[], code: string, above: string): boolean {
  let at = classes.find((c) => c.code === code)?.parent ?? ''
  for (let steps = 0; at && steps <= classes.length; steps++) {
    if (at === above) return true
    at = classes.find((c) => c.code === at)?.parent ?? ''
  }
  return false
}
/** With all that is below it. */
export const withoutClass = (classes: CaseClass[], code: string) => classes.filter((c) => c.code !== code && !isBelow(classes, c.code, code))
export function depth(classes: CaseClass[], code: string): number {
  return classes.filter((c) => isBelow(classes, code, c.code)).length
}

/** The field of the page that a fault of the server belongs to, with its word: "form.2.min" and its like. */
export const faultsAt = (faults: Record<string, string>, at: string) => Object.entries(faults).filter(([field]) => field === at || field.startsWith(`${at}.`)).map(([, code]) => code)
