// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { FloorQueue, FloorSeat } from '@/shared/api/contract'
import { ageOf, byCentre, byNumber, byTitle, byUrgency, countByState, figuresOf, heatOf, neighbour, share, totals, withHelp } from './floor_view'

const seat = (agent: number, state: FloorSeat['state'], since: number): FloorSeat => ({
  agent, name: '', work_number: String(1000 + agent), state, reason: '', since: new Date(since).toISOString(), caller: '', call_state: '',
})
const queue = (offered: number, answered: number, within_15s: number): FloorQueue => ({
  id: 1, title: '', waiting: 0, ready: 0, offered, answered, within_15s, abandoned: offered - answered, waits_told: 0, waits_hit: 0,
})

test('a timer turns amber at the threshold and red at the limit, and an idle seat never does', () => {
  expect(heatOf('Busy', 479_000)).toBe('')
  expect(heatOf('Busy', 480_000)).toBe('warn')
  expect(heatOf('Busy', 720_000)).toBe('red')
  expect(heatOf('Busy', 9_999_999, true)).toBe('')
  expect(heatOf('Alerted', 20_000, true)).toBe('red')
  expect(heatOf('Ready', 9_999_999)).toBe('')
})

test('the feed is stale after three seconds and lost after thirty', () => {
  expect([0, 3_000, 3_001, 30_000, 30_001].map(ageOf)).toEqual(['live', 'live', 'stale', 'stale', 'lost'])
})

test('a rate of nothing is no rate', () => {
  expect(share(0, 0)).toBeUndefined()
  expect(share(882, 1000)).toBe(88.2)
})

test('a queue is below its target only when it had calls', () => {
  expect(figuresOf(queue(0, 0, 0))).toEqual({ within: undefined, isBelow: false })
  expect(figuresOf(queue(100, 95, 89)).isBelow).toBe(true)
  expect(figuresOf(queue(100, 95, 90)).isBelow).toBe(false)
})

test('totals add the queues up', () => {
  expect(totals({ queues: [queue(10, 9, 8), queue(5, 5, 5)] })).toEqual({ offered: 15, answered: 14, abandoned: 1, within: 13 })
})

test('seats stand by number or longest first, those signed out last', () => {
  const seats = [seat(10, 'Ready', 50), seat(9, 'LoggedOut', 1), seat(2, 'Busy', 20)]
  expect(byNumber(seats).map((s) => s.agent)).toEqual([2, 10, 9])
  expect(byUrgency(seats).map((s) => s.agent)).toEqual([2, 10, 9])
  expect(countByState(seats)).toEqual({ Ready: 1, LoggedOut: 1, Busy: 1 })
})

test('arrows move inside the grid and stop at its edges', () => {
  expect(neighbour(0, 10, 4, 'ArrowDown')).toBe(4)
  expect(neighbour(8, 10, 4, 'ArrowDown')).toBe(8)
  expect(neighbour(0, 10, 4, 'ArrowLeft')).toBe(0)
  expect(neighbour(5, 10, 4, 'ArrowUp')).toBe(1)
})

test('a head reads queues of one title as one, and the longest wait of them all', () => {
  const at = (id: number, centre: number, waiting: number, longest_since: string | null) => ({ ...queue(10, 9, 8), id, centre, title: '服务', waiting, longest_since })
  const [sum, other] = byTitle([at(1, 1, 0, null), at(2, 2, 3, '2026-11-22T08:00:02Z'), at(3, 3, 1, '2026-11-22T08:00:01Z')])
  expect(other).toBeUndefined()
  expect(sum).toMatchObject({ waiting: 4, offered: 30, within_15s: 24, longest_since: '2026-11-22T08:00:01Z' })
})

test('a floor of many centres is told centre by centre, those without anybody too', () => {
  const groups = byCentre({
    centres: [{ id: 1, name: '省中心' }, { id: 2, name: '兰州' }, { id: 3, name: '张掖' }],
    seats: [{ ...seat(1, 'Busy', 0), centre: 2 }, { ...seat(2, 'LoggedOut', 0), centre: 2 }, { ...seat(3, 'Ready', 0), centre: 1 }],
    queues: [{ ...queue(4, 4, 3), centre: 2 }],
    waiting: [{ interaction: 7, centre: 3, queue: 9, caller: '', tags: [], since: '2026-11-22T08:00:00Z', position: 1 }],
  })
  expect(groups.map((g) => [g.name, g.atWork, g.seats.length, g.waiting, g.within])).toEqual([
    ['省中心', 1, 1, 0, undefined], ['兰州', 1, 2, 0, 75], ['张掖', 0, 0, 1, undefined]])
})

test('only queues that others help can be slid, in each centre of the title', () => {
  const one = (id: number, title: string, after_s?: number | null): FloorQueue => ({ ...queue(0, 0, 0), id, title, ...(after_s === undefined ? {} : { overflow: { after_s } }) })
  const all = [one(1, '服务', 30), one(2, '服务', null), one(3, '服务'), one(4, '投诉', 0)]
  expect(withHelp(all, '服务').map((q) => q.id)).toEqual([1, 2])
})
