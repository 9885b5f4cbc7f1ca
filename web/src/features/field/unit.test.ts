// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { type Mate, minutesSince, type UnitJob, whoCouldGo, whyText } from './unit'

test('a choice is told as a sentence, and what has no word is not shown', () => {
  expect(whyText('area:听松里,skill:no_heat,load:0')).toMatch(/听松里/)
  expect(whyText('load:3')).toMatch(/3/)
  expect(whyText('new_reason:7,nobody_on_duty')).not.toMatch(/_/)
  expect(whyText('')).toBe('')
})

test('the proposed one comes first, then who is on duty with the least to do, and nobody of another unit', () => {
  const mate = (id: number, more: Partial<Mate> = {}): Mate => ({ id, name: `m${id}`, unit: 1, is_on_duty: true, open_jobs: 0, ...more })
  const crew = [mate(1, { is_on_duty: false }), mate(2, { open_jobs: 2 }), mate(3), mate(4, { open_jobs: 5 }), mate(5, { unit: 2 }), mate(6)]
  const item = { unit: 1, user_id: 6, proposed: 4 } as UnitJob
  expect(whoCouldGo(item, crew).map((each) => each.id)).toEqual([4, 3, 2, 1])
})

test('how long somebody has waited is whole minutes and never negative', () => {
  const at = '2026-11-22T08:00:00Z'
  expect(minutesSince(at, Date.parse('2026-11-22T08:12:59Z'))).toBe(12)
  expect(minutesSince(at, Date.parse('2026-11-22T07:59:00Z'))).toBe(0)
})
