// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { FormField } from '@/shared/lib/answer_form'
import { addClass, blankType, choiceLines, choicesIn, conditionOf, conditions, depth, faultsAt, freeCode, moved, newField, promiseIn, setCondition, setKind, setNature, withoutClass } from './type_form'

test('a new field has a code that nobody has', () => {
  expect(freeCode('field', ['field1', 'field3'])).toBe('field2')
  expect(newField([{ ...newField([]), code: 'field1' }]).code).toBe('field2')
})

test('a choice that was there keeps its code', () => {
  const before = [{ code: 'drip', title: 'Drips' }, { code: 'choice1', title: 'Runs' }]
  const after = choicesIn('Runs\n\n Bursts \nRuns', before)
  expect(after).toEqual([{ code: 'choice1', title: 'Runs' }, { code: 'choice2', title: 'Bursts' }])
  expect(choiceLines({ ...newField([]), choices: after })).toBe('Runs\nBursts')
})

test('another kind drops limits it has no use for', () => {
  const field: FormField = { ...newField([]), kind: 'number', min: -30, max: 50, unit: 'C' }
  setKind(field, 'choice')
  expect(field).toMatchObject({ kind: 'choice', min: null, max: null, unit: '' })
})

test('a field hangs on an earlier choice or yes-or-no only', () => {
  const told: FormField = { ...newField([]), code: 'told', title: 'Told', kind: 'yes_no' }
  const later = { ...newField([told]), code: 'when' }
  const form = [told, later]
  expect(conditions(form, 0, { yes: 'Y', no: 'N' })).toEqual([])
  expect(conditions(form, 1, { yes: 'Y', no: 'N' })).toEqual([{ value: 'told=yes', label: 'Told = Y' }, { value: 'told=no', label: 'Told = N' }])
  setCondition(later, 'told=no')
  expect(later.shown_when).toEqual({ field: 'told', values: ['no'] })
  expect(conditionOf(later)).toBe('told=no')
  setCondition(later, '')
  expect(later.shown_when).toBeNull()
})

test('order changes within the list', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})

test('a class is added below its parent and goes with all below it', () => {
  let classes = addClass([], '')
  classes = addClass(classes, 'class1')
  classes = addClass(classes, '')
  classes = addClass(classes, 'class1')
  expect(classes.map((c) => c.code)).toEqual(['class1', 'class1.class1', 'class1.class2', 'class2'])
  expect(depth(classes, 'class1.class2')).toBe(1)
  expect(withoutClass(classes, 'class1').map((c) => c.code)).toEqual(['class2'])
})

test('a fault belongs to its field, and to nothing that only begins alike', () => {
  const faults = { 'form.1.choices.0.title': 'need_title', 'form.10.title': 'need_title', 'form.1': 'too_many' }
  expect(faultsAt(faults, 'form.1')).toEqual(['need_title', 'too_many'])
})

test('what belongs to a nature goes with it', () => {
  const type = blankType(['type1'])
  expect(type.code).toBe('type2')
  setNature(type, 'repair')
  expect(type).toMatchObject({ is_automatic: true, is_confidential: false })
  setNature(type, 'report')
  expect(type).toMatchObject({ is_automatic: false, is_confidential: true })
})

test('a promise of a table of clocks is a number and a unit', () => {
  const row = 'inquiry 30wm 1wd 3d - 80% office'
  expect(promiseIn(row, 1)).toEqual({ n: 30, unit: 'wm' })
  expect(promiseIn(row, 3)).toEqual({ n: 3, unit: 'd' })
  expect(promiseIn('advice - 1wd 2wd - - office', 1)).toBeUndefined()
  expect(promiseIn('', 1)).toBeUndefined()
})
