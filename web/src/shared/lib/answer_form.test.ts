// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { faultsOf, isShown, keptAnswers, measured, tidyDay, type FormField } from './answer_form'

const field = (code: string, more: Partial<FormField> = {}): FormField => ({
  code, title: code.toUpperCase(), kind: 'text', is_required: false, chars_max: 200, unit: '', choices: [], ...more,
})
const room = field('room_c', { kind: 'number', min: -30, max: 50, unit: '\u2103' })
const told = field('told', { kind: 'yes_no' })
const number = field('number', { is_required: true, shown_when: { field: 'told', values: ['yes'] } })
const when = field('when', { kind: 'date', shown_when: { field: 'number', values: ['x'] } })
const codes = (form: FormField[], answers: Record<string, string>) => faultsOf(form, answers).map((f) => `${f.field} ${f.code}`)

test('a fault names its field and the limit it broke', () => {
  expect(faultsOf([room], { room_c: '-40' })).toEqual([{ field: 'room_c', code: 'too_small', values: { title: 'ROOM_C', min: '\u221230 \u2103' } }])
  expect(codes([room], { room_c: '51' })).toEqual(['room_c too_large'])
  expect(codes([room], { room_c: 'warm' })).toEqual(['room_c not_a_number'])
  expect(codes([room], { room_c: '1e3' })).toEqual(['room_c not_a_number'])
  expect(codes([room], { room_c: ' 18.5 ' })).toEqual([])
  expect(codes([room], {})).toEqual([])
})

test('characters are counted, not bytes', () => {
  const short = field('name', { chars_max: 3 })
  expect(codes([short], { name: '\u4e00\u4e8c\u4e09' })).toEqual([])
  expect(faultsOf([short], { name: '\u4e00\u4e8c\u4e09\u56db' })[0]?.values).toEqual({ title: 'NAME', chars_max: 3, chars: 4 })
})

test('a field is asked only while the one it hangs on is asked and says so', () => {
  const form = [told, number, when]
  expect(isShown(form, {}, 'number')).toBe(false)
  expect(isShown(form, { told: 'yes' }, 'number')).toBe(true)
  expect(codes(form, { told: 'yes' })).toEqual(['number need_answer'])
  expect(codes(form, { told: 'no', number: '' })).toEqual([])
  // What was typed before is kept on the page, but neither looked at nor sent.
  expect(codes(form, { told: 'no', number: 'x', when: 'never' })).toEqual([])
  expect(keptAnswers(form, { told: 'no', number: 'x', when: '2026-01-05' })).toEqual({ told: 'no' })
  expect(keptAnswers(form, { told: 'yes', number: ' x ' })).toEqual({ told: 'yes', number: 'x' })
})

test('choices, days, numbers to ring and yes or no', () => {
  const part = field('part', { kind: 'choice', choices: [{ code: 'a', title: 'A' }] })
  const day = field('day', { kind: 'date' })
  const phone = field('phone', { kind: 'phone' })
  expect(codes([part, day, phone, told], { part: 'b', day: '2026-02-30', phone: '12ab', told: 'maybe' }))
    .toEqual(['part unknown_choice', 'day not_a_date', 'phone not_a_phone', 'told not_yes_or_no'])
  expect(codes([part, day, phone, told], { part: 'a', day: '2026-02-28', phone: '139 0000 0077', told: 'no' })).toEqual([])
  expect(codes([phone], { phone: '139****0077' })).toEqual([])
  expect(tidyDay('2026/1/5')).toBe('2026-01-05')
  expect(tidyDay('soon')).toBe('soon')
})

test('a circle of conditions shows nothing and ends', () => {
  const a = field('a', { shown_when: { field: 'b', values: ['1'] } })
  const b = field('b', { shown_when: { field: 'a', values: ['1'] } })
  expect(isShown([a, b], { a: '1', b: '1' }, 'a')).toBe(false)
  expect(measured(-0.5, '')).toBe('\u22120.5')
})
