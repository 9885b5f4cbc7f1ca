// SPDX-License-Identifier: Apache-2.0
// The live page as figures: groups of seats, counts by state, when a timer turns amber or red.
import type { Floor, FloorQueue, FloorSeat } from '@/shared/api/contract'

export type Heat = '' | 'warn' | 'red'

/** s after which a state is long, and too long */
const limits: Record<string, [number, number]> = {
  Alerted: [10, 20],
  Busy: [480, 720],
  WrapUp: [60, 120],
  Break: [900, 1_800],
}

export function heatOf(state: string, ms: number): Heat {
  const limit = limits[state]
  if (!limit) return ''
  const s = ms / 1000
  return s >= limit[1] ? 'red' : s >= limit[0] ? 'warn' : ''
}

export function countByState(seats: FloorSeat[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const seat of seats) counts[seat.state] = (counts[seat.state] ?? 0) + 1
  return counts
}

const isOut = (s: FloorSeat) => (s.state === 'LoggedOut' ? 1 : 0)

/** Longest in their state first within each state, those signed out last. */
export function byUrgency(seats: FloorSeat[]): FloorSeat[] {
  return [...seats].sort((a, b) => isOut(a) - isOut(b) || Date.parse(a.since) - Date.parse(b.since))
}
/** By work number, those signed out last. */
export function byNumber(seats: FloorSeat[]): FloorSeat[] {
  return [...seats].sort((a, b) => isOut(a) - isOut(b) || a.work_number.localeCompare(b.work_number, undefined, { numeric: true }))
}

/** Share as 0 to 100 with one place; undefined while nothing was offered. */
export function share(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.round((part / whole) * 1000) / 10 : undefined
}

export const target15s = 90

export interface QueueFigures {
  within: number | undefined
  isBelow: boolean
}
export function figuresOf(q: FloorQueue): QueueFigures {
  const within = share(q.within_15s, q.offered)
  return { within, isBelow: within !== undefined && within < target15s }
}

/** ms since the last floor; it counts as stale after 3 s and as lost after 30 s. */
export type FeedAge = 'live' | 'stale' | 'lost'
export function ageOf(ms: number): FeedAge {
  return ms > 30_000 ? 'lost' : ms > 3_000 ? 'stale' : 'live'
}

export function totals(floor: Pick<Floor, 'queues'>): { offered: number; answered: number; abandoned: number; within: number } {
  const sum = { offered: 0, answered: 0, abandoned: 0, within: 0 }
  for (const q of floor.queues) {
    sum.offered += q.offered
    sum.answered += q.answered
    sum.abandoned += q.abandoned
    sum.within += q.within_15s
  }
  return sum
}

/** The neighbour of a seat in a grid of `columns`, for the arrow keys. */
export function neighbour(index: number, count: number, columns: number, key: string): number {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key] ?? 0
  const next = index + step
  return next >= 0 && next < count ? next : index
}
