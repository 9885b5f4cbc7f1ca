// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { classPath, isLeaf, leavesFound, searchClasses, type CaseClass } from './class_search'

const classes: CaseClass[] = [
  { code: 'heat', parent: '', title: 'Heating', initials: 'gr' },
  { code: 'heat.cold', parent: 'heat', title: 'Cold room', initials: 'snbr' },
  { code: 'heat.valve', parent: 'heat', title: 'Valve', initials: 'fm' },
  { code: 'heat.valve.drip', parent: 'heat.valve', title: 'Valve drips', initials: 'fmds' },
]
const codes = (typed: string) => searchClasses(classes, typed).map((c) => c.code)

test('initials and pieces of a title find a class, its whole first', () => {
  expect(codes('fmds')).toEqual(['heat.valve.drip'])
  expect(codes('FM')).toEqual(['heat.valve', 'heat.valve.drip'])
  expect(codes('valve')).toEqual(['heat.valve', 'heat.valve.drip'])
  expect(codes('br')).toEqual(['heat.cold'])
  expect(codes('zz')).toEqual([])
})

test('several words all lie on the way to it', () => {
  expect(codes('gr drips')).toEqual(['heat.valve.drip'])
  expect(codes('gr snow')).toEqual([])
})

test('nothing typed shows what can be chosen', () => {
  expect(codes(' ')).toEqual(['heat.cold', 'heat.valve.drip'])
  expect(classPath(classes, 'heat.valve.drip')).toBe('Heating / Valve / Valve drips')
  expect(classPath(classes, 'gone')).toBe('')
  expect(isLeaf(classes, 'heat.valve')).toBe(false)
})

test('a branch stands for what can be chosen below it, once', () => {
  expect(leavesFound(classes, 'fm').map((c) => c.code)).toEqual(['heat.valve.drip'])
  expect(leavesFound(classes, 'gr').map((c) => c.code)).toEqual(['heat.cold', 'heat.valve.drip'])
  expect(leavesFound(classes, '', 1)).toHaveLength(1)
})

test('a circle in the data ends', () => {
  expect(classPath([{ code: 'a', parent: 'b', title: 'A', initials: '' }, { code: 'b', parent: 'a', title: 'B', initials: '' }], 'a')).toContain('A')
})
