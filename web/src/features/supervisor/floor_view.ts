// SPDX-License-Identifier: Apache-2.0
// The live page as figures: groups of seats, counts by state, when a timer turns amber or red.
import type { Floor, FloorCentre, FloorQueue, FloorSeat } from '@/shared/api/contract'

export type Heat = '' | 'warn' | 'red'

/** s after which a state is long, and too long */
const limits: Record<string, [number, number]> = {
  Alerted: [10, 20],
  Busy: [480, 720],
  WrapUp: [60, 120],
  Break: [900, 1_800],
}

export function heatOf(state: string, ms: number, isUnhurried = false): Heat {
  if (isUnhurried && state === 'Busy') return ''
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

/** One queue of each title: a head reads 服务 once and not twenty-nine times. */
export function byTitle(queues: FloorQueue[]): FloorQueue[] {
  const merged = new Map<string, FloorQueue>()
  for (const q of queues) {
    const sum = merged.get(q.title)
    if (!sum) {
      merged.set(q.title, { ...q })
      continue
    }
    for (const figure of ['waiting', 'ready', 'answered', 'offered', 'within_15s', 'abandoned'] as const) sum[figure] += q[figure]
    const earliest = [sum.longest_since, q.longest_since].filter((at) => !!at).sort()[0]
    sum.longest_since = earliest ?? null
  }
  return [...merged.values()]
}

/** The queues of a title that others help, a centre each. */
export const withHelp = (queues: FloorQueue[], title: string) => queues.filter((q) => q.title === title && q.overflow)

export interface CentreGroup {
  id: number
  name: string
  seats: FloorSeat[]
  counts: Record<string, number>
  atWork: number
  waiting: number
  longestSince: string | undefined
  within: number | undefined
}

/** The floor centre by centre, in the order the centres come. */
export function byCentre(floor: Pick<Floor, 'centres' | 'seats' | 'queues' | 'waiting'>): CentreGroup[] {
  const seats = groupBy(floor.seats)
  const queues = groupBy(floor.queues)
  const waiting = groupBy(floor.waiting)
  return (floor.centres ?? []).map((centre: FloorCentre) => {
    const here = seats.get(centre.id) ?? []
    const sum = totals({ queues: queues.get(centre.id) ?? [] })
    const callers = waiting.get(centre.id) ?? []
    return {
      id: centre.id,
      name: centre.name,
      seats: here,
      counts: countByState(here),
      atWork: here.filter((s) => !isOut(s)).length,
      waiting: callers.length,
      longestSince: callers.map((w) => w.since).sort()[0],
      within: share(sum.within, sum.offered),
    }
  })
}

function groupBy<T extends { centre?: number }>(things: T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const thing of things) {
    const key = thing.centre ?? 0
    const group = groups.get(key)
    if (group) group.push(thing)
    else groups.set(key, [thing])
  }
  return groups
}
