// SPDX-License-Identifier: Apache-2.0
// For whom a citizen acts (我替家人办): what they fill in, what is wrong with it, what is sent.
import type { CasePerson } from '@/shared/api/case_people'
import { sayActing as say } from './acting_words'

export interface Subject {
  name: string
  phone: string
  relation: string
  agrees: boolean
}
export const blankSubject = (): Subject => ({ name: '', phone: '', relation: 'parent', agrees: false })

const digitsOf = (text: string) => text.replace(/[\s-]/g, '')

/** "" for a number that may be one; the server has the last word. */
export function numberFault(text: string): string {
  const digits = digitsOf(text).replace(/^\+/, '')
  if (!/^\d*$/.test(digits)) return say('number_digits')
  if (/^1[3-9]/.test(digits) && digits.length > 5 && digits.length !== 11) return say('mobile_length')
  return digits.length < 3 || digits.length > 20 ? say('number_length') : ''
}

/** Sentences by field; nobody is named on the page without their consent. */
export function subjectFaults(subject: Subject): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (!subject.name.trim()) wrong['subject.name'] = say('for_name_needed')
  const phone = subject.phone.trim() ? numberFault(subject.phone) : ''
  if (phone) wrong['subject.phone'] = phone
  if (!subject.agrees) wrong['subject.consent'] = say('for_agree_needed')
  return wrong
}

export const subjectOf = (subject: Subject): CasePerson => ({
  part: 'subject', name: subject.name.trim(), phone: digitsOf(subject.phone), relation: subject.relation, consent: subject.agrees ? 'page' : 'none',
})

/** Codes of the server as sentences. */
export function faultSentence(code: string): string {
  if (code === 'need_name') return say('for_name_needed')
  if (code === 'mobile_length') return say('mobile_length')
  if (code === 'number_length') return say('number_length')
  return code === 'number_digits' ? say('number_digits') : say('failed_field')
}
