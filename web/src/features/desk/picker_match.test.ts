// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { matches, numberIn, ordered, personChoice } from './picker_match'

test('a number is digits, with the usual decoration taken out', () => {
  expect(numberIn('138-0013 2046')).toBe('13800132046')
  expect(numberIn('110')).toBe('110')
  expect(numberIn('+86 138 0013 2046')).toBe('+8613800132046')
  expect(numberIn('12')).toBeUndefined()
  expect(numberIn('hxh')).toBeUndefined()
  expect(numberIn('1'.repeat(21))).toBeUndefined()
})

test('letters match a name, a work number or initials', () => {
  expect(matches('HXH', ['He', '1027', 'hxh'])).toBe(true)
  expect(matches('102', ['He', '1027', undefined])).toBe(true)
  expect(matches('lt', ['He', '1027'])).toBe(false)
  expect(matches('  ', [])).toBe(true)
})

test('those who can take the call stand first', () => {
  const person = (id: number, state: 'Ready' | 'Busy') => personChoice({ id, name: String(id), work_number: '', state, queues: [] })
  expect(ordered([person(1, 'Busy'), person(2, 'Ready'), person(3, 'Busy')]).map((c) => c.name)).toEqual(['2', '1', '3'])
})
