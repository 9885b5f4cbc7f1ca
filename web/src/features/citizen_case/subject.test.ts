// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { personField } from '@/shared/api/case_people'
import { blankSubject, subjectFaults, subjectOf } from './subject'

const mother = { name: ' Li ', phone: '139 0000-0201', relation: 'parent', agrees: true }

test('nobody is named without a name and without their consent', () => {
  expect(Object.keys(subjectFaults(blankSubject()))).toEqual(['subject.name', 'subject.consent'])
  expect(subjectFaults(mother)).toEqual({})
  expect(subjectFaults({ ...mother, phone: '' })).toEqual({})
})

test('a number is counted before it is sent, as digits', () => {
  expect(Object.keys(subjectFaults({ ...mother, phone: '139000002' }))).toEqual(['subject.phone'])
  expect(Object.keys(subjectFaults({ ...mother, phone: 'home' }))).toEqual(['subject.phone'])
  expect(subjectOf(mother)).toEqual({ part: 'subject', name: 'Li', phone: '13900000201', relation: 'parent', consent: 'page' })
})

test('a field of a refusal is found by part and name', () => {
  expect(personField('people.subject.phone')).toEqual({ part: 'subject', field: 'phone' })
  expect(personField('contact_number')).toBeUndefined()
})
