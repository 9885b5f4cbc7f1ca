// SPDX-License-Identifier: Apache-2.0
// The case form as plain data: what is in it, what is still missing, what goes to the server.
import type { CasePerson } from '@/shared/api/case_people'
import type { TypeVersion } from '@/shared/api/case_types'
import type { CaseInput, Customer } from '@/shared/api/contract'
import { faultsOf, keptAnswers, type Answers, type AnswerFault } from '@/shared/lib/answer_form'
import { isLeaf } from '@/shared/lib/class_search'

export const caseKinds = ['no_heat', 'leak', 'repair', 'outage', 'billing', 'refund', 'question', 'help', 'complaint', 'report', 'suggestion', 'praise', 'other'] as const
/** A visit needs a place. */
const needsAddress = ['no_heat', 'leak', 'repair']
/** Who will not say who they are may still ask, praise or report. */
const mayBeAnonymous = ['question', 'report', 'suggestion', 'praise', 'outage', 'billing', 'other']
/** A kind that only a type knows goes by its nature, as src/cases/case_form.h has it. */
const ruling = (kind: string, nature = '') => ((caseKinds as readonly string[]).includes(kind) || !kind ? kind : nature)

export interface CaseForm {
  contact_name: string
  contact_number: string
  address: string
  kind: string
  title: string
  detail: string
  has_elder: boolean
  is_urgent: boolean
  handling: 'open' | 'closed'
  wishes_callback: boolean
  /** a new caller is kept as a person */
  remember: boolean
  /** who rings acts for somebody else (代办): for whom, and what they are to who rings */
  is_acting: boolean
  subject_name: string
  subject_phone: string
  subject_relation: string
  subject_agreed: boolean
  class_code: string
  /** to the forms of all kinds that were tried; what the kind does not ask is not sent */
  answers: Answers
}

export type FieldName = 'contact_number' | 'address' | 'kind' | 'detail' | 'subject_name' | 'subject_phone'
/** the server's codes, as src/cases/case_form.h has them */
export type FieldErrors = Partial<Record<FieldName, string>>

export function blankForm(): CaseForm {
  return {
    contact_name: '', contact_number: '', address: '', kind: '', title: '', detail: '',
    has_elder: false, is_urgent: false, handling: 'open', wishes_callback: true, remember: true, class_code: '', answers: {},
    is_acting: false, subject_name: '', subject_phone: '', subject_relation: 'parent', subject_agreed: false,
  }
}

/** Fills what is known and still empty; never writes over what somebody typed. */
export function fillKnown(form: CaseForm, number: string, customer: Customer | undefined): CaseForm {
  return {
    ...form,
    contact_name: form.contact_name || (customer?.name ?? ''),
    contact_number: form.contact_number || number || (customer?.numbers[0] ?? ''),
    address: form.address || (customer?.address ?? ''),
    has_elder: form.has_elder || (customer?.tags.includes('elder') ?? false),
  }
}

export function isBlank(form: CaseForm): boolean {
  return !form.title && !form.detail && !form.kind
}

const bareNumber = (text: string) => text.trim().replace(/[ -]/g, '')

function numberError(text: string): string | undefined {
  const digits = bareNumber(text)
  const bare = digits.replace(/^\+/, '')
  if (!/^\d*$/.test(bare)) return 'number_digits'
  if (/^1[3-9]/.test(digits) && digits.length > 5 && digits.length !== 11)
    return 'mobile_length'
  return bare.length < 3 || bare.length > 20 ? 'number_length' : undefined
}

/** The rules of the server (src/cases/case_form.cpp), so that most faults are told without asking it. */
export function check(form: CaseForm, nature?: string): FieldErrors {
  const errors: FieldErrors = {}
  const rules = ruling(form.kind, nature)
  const needsNumber = form.wishes_callback || (!!rules && !mayBeAnonymous.includes(rules))
  const number = form.contact_number.trim() ? numberError(form.contact_number) : needsNumber ? 'need_number' : undefined
  if (number) errors.contact_number = number
  if (!form.kind) errors.kind = 'need_kind'
  if (form.handling === 'open' && needsAddress.includes(rules) && !form.address.trim()) errors.address = 'need_address'
  if (!form.title.trim() && !form.detail.trim()) errors.detail = 'need_detail'
  if (!form.is_acting) return errors
  const phone = form.subject_phone.trim() ? numberError(form.subject_phone) : undefined
  if (phone) errors.subject_phone = phone
  if (!form.subject_name.trim()) errors.subject_name = 'need_name'
  return errors
}

/** A fault as a message below `case.`: a mobile number is told how many digits it lacks or has too many. */
export function faultWord(code: string, number: string): { key: string; n: number } {
  if (code !== 'mobile_length') return { key: code, n: 0 }
  const off = bareNumber(number).length - 11
  return { key: off < 0 ? 'mobile_short' : 'mobile_long', n: Math.abs(off) }
}

/** What is wrong with the form of the kind's type; the field "class_code" or a code of the form. */
export function checkType(form: CaseForm, type: TypeVersion | undefined): AnswerFault[] {
  if (!type) return []
  const { classes } = type.type
  const isThere = classes.some((c) => c.code === form.class_code)
  const code = !classes.length ? '' : !isThere ? 'need_class' : isLeaf(classes, form.class_code) ? '' : 'class_too_wide'
  return [...(code ? [{ field: 'class_code', code, values: {} }] : []), ...faultsOf(type.type.form, form.answers)]
}

export type Step = 'done' | 'now' | 'todo'

/** The dots of 谁, 在哪, 什么事, 怎么办, 回访: the first unfinished one is where we are. */
export function steps(form: CaseForm): Step[] {
  const done = [
    !check(form).contact_number && !!form.contact_number.trim(),
    !!form.address.trim(),
    !!form.kind && !!(form.title.trim() || form.detail.trim()),
  ]
  const first = done.indexOf(false)
  const asked: Step[] = done.map((is, i) => (is ? 'done' : i === first ? 'now' : 'todo'))
  const rest: Step = first < 0 ? 'done' : 'todo'
  return [...asked, rest, rest]
}

export function inputOf(form: CaseForm, number: string, interaction: number, customer: number, kindWord: string, type?: TypeVersion): CaseInput {
  const detail = form.detail.trim()
  return {
    number,
    interaction_id: interaction,
    customer_id: customer,
    kind: form.kind,
    title: form.title.trim() || [kindWord, detail.slice(0, 24)].filter(Boolean).join(' · '),
    detail,
    contact_name: form.contact_name.trim(),
    contact_number: bareNumber(form.contact_number),
    address: form.address.trim(),
    urgency: form.is_urgent ? 'urgent' : 'normal',
    has_elder: form.has_elder,
    wishes_callback: form.wishes_callback,
    status: form.handling,
    ...(form.is_acting && { people: [subjectOf(form)] }),
    ...(type && {
      type_version: type.version,
      class_code: type.type.classes.some((c) => c.code === form.class_code) ? form.class_code : '',
      answers: keptAnswers(type.type.form, form.answers),
    }),
  }
}

function subjectOf(form: CaseForm): CasePerson {
  return {
    part: 'subject', name: form.subject_name.trim(), phone: bareNumber(form.subject_phone),
    relation: form.subject_relation, consent: form.subject_agreed ? 'spoken' : 'none',
  }
}

export interface Draft {
  /** ms, server's clock */
  at: number
  form: CaseForm
}

export function readDraft(text: unknown): Draft | undefined {
  try {
    const value = (typeof text === 'string' ? JSON.parse(text) : text) as Partial<Draft> | null
    if (!value?.form || typeof value.at !== 'number') return undefined
    return { at: value.at, form: { ...blankForm(), ...value.form } }
  } catch {
    return undefined
  }
}

/** Of what this browser and the server kept, the later one. */
export function newer(a: Draft | undefined, b: Draft | undefined): Draft | undefined {
  if (!a || !b) return a ?? b
  return b.at > a.at ? b : a
}
