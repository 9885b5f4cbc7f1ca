// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { Customer } from '@/shared/api/contract'
import { blankForm, check, faultWord, fillKnown, inputOf, newer, readDraft, steps } from './case_form'

const good = { ...blankForm(), contact_number: '138 0013 2046', kind: 'no_heat', detail: 'cold rooms', address: 'No. 12' }
const known: Customer = { id: 7, name: 'Zhou', address: 'No. 12', account_number: '', tags: ['elder'], note: '', numbers: ['02388881234'], created_at: '', plate: '' }

test('a whole form has no errors', () => {
  expect(check(good)).toEqual({})
})

test('a blank form names everything that is missing', () => {
  expect(Object.keys(check(blankForm())).sort()).toEqual(['contact_number', 'detail', 'kind'])
})

test('a mobile number says how many digits it lacks or has too many', () => {
  expect(check({ ...good, contact_number: '1380013204' }).contact_number).toEqual('mobile_length')
  expect(check({ ...good, contact_number: '138001320461' }).contact_number).toEqual('mobile_length')
  expect(faultWord('mobile_length', '138 0013 204')).toEqual({ key: 'mobile_short', n: 1 })
  expect(faultWord('mobile_length', '138001320461')).toEqual({ key: 'mobile_long', n: 1 })
  expect(check({ ...good, contact_number: '8123-4567' }).contact_number).toBeUndefined()
  expect(check({ ...good, contact_number: 'abc' }).contact_number).toEqual('number_digits')
})

test('who withholds a number may praise, but not complain nor be called back', () => {
  const hidden = { ...good, contact_number: '', kind: 'praise', wishes_callback: false }
  expect(check(hidden).contact_number).toBeUndefined()
  expect(check({ ...hidden, kind: 'complaint' }).contact_number).toBe('need_number')
  expect(check({ ...hidden, wishes_callback: true }).contact_number).toBe('need_number')
})

test('a visit needs an address, an answer on the spot does not', () => {
  expect(check({ ...good, address: ' ' }).address).toBeDefined()
  expect(check({ ...good, address: '', handling: 'closed' }).address).toBeUndefined()
  expect(check({ ...good, address: '', kind: 'question' }).address).toBeUndefined()
})

test('what is known fills empty fields and never what somebody typed', () => {
  const form = fillKnown({ ...blankForm(), contact_name: 'her son' }, '13800132046', known)
  expect(form).toMatchObject({ contact_name: 'her son', contact_number: '13800132046', address: 'No. 12', has_elder: true })
  expect(fillKnown(blankForm(), '', known).contact_number).toBe('02388881234')
})

test('the first unfinished question is where we are', () => {
  expect(steps(blankForm())).toEqual(['now', 'todo', 'todo', 'todo', 'todo'])
  expect(steps({ ...good, address: '' })).toEqual(['done', 'now', 'done', 'todo', 'todo'])
  expect(steps(good)).toEqual(['done', 'done', 'done', 'done', 'done'])
})

test('what goes up is trimmed, and a title is made when none was written', () => {
  const input = inputOf({ ...good, is_urgent: true }, '1124-0217', 9, 7, 'No heat')
  expect(input).toMatchObject({
    number: '1124-0217', interaction_id: 9, customer_id: 7, contact_number: '13800132046',
    title: 'No heat · cold rooms', urgency: 'urgent', status: 'open',
  })
})

test('who acts for another says for whom; who does not is asked nothing more', () => {
  expect(inputOf(good, '', 0, 0, '').people).toBeUndefined()
  const acting = { ...good, is_acting: true, subject_phone: '139 0000 020' }
  expect(check(acting)).toEqual({ subject_name: 'need_name', subject_phone: 'mobile_length' })
  const whole = { ...acting, subject_name: 'her mother', subject_phone: '139 0000 0201' }
  expect(check(whole)).toEqual({})
  expect(check({ ...whole, subject_phone: '' })).toEqual({})
  const of = (agreed: boolean) => inputOf({ ...whole, subject_agreed: agreed }, '', 0, 0, '').people
  expect(of(true)).toEqual([{ part: 'subject', name: 'her mother', phone: '13900000201', relation: 'parent', consent: 'spoken' }])
  expect(of(false)?.[0]?.consent).toBe('none')
})

test('of two drafts the later wins; a broken one is no draft', () => {
  const early = readDraft(JSON.stringify({ at: 1, form: { detail: 'early' } }))
  const late = readDraft({ at: 2, form: { detail: 'late' } })
  expect(newer(early, late)?.form.detail).toBe('late')
  expect(newer(late, early)?.form.detail).toBe('late')
  expect(newer(undefined, early)).toBe(early)
  expect(readDraft('{')).toBeUndefined()
  expect(readDraft('null')).toBeUndefined()
  expect(early?.form.wishes_callback).toBe(true)
})

test('a kind that only a type knows goes by its nature', () => {
  const form = { ...blankForm(), kind: 'lift', title: 'stuck', wishes_callback: false }
  expect(check(form, 'repair')).toEqual({ contact_number: 'need_number', address: 'need_address' })
  expect(check(form, 'praise')).toEqual({})
  expect(check({ ...form, kind: 'leak' }, 'praise')).toHaveProperty('address')
})
