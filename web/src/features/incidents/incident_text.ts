// SPDX-License-Identifier: Apache-2.0
// What the page of incidents computes from one of them.
import type { Incident } from '@/shared/api/incidents'

/** hours */
export const saidFor = [1, 2, 4, 8, 12, 24] as const

/** "云汀市/北桥区" -> "北桥区" */
export const narrowest = (place: string): string => place.split('/').filter(Boolean).pop() ?? ''

/** Whole minutes from the first case to the last, at least one. */
export const minutesOf = (i: Pick<Incident, 'since' | 'last_at'>): number =>
  Math.max(1, Math.ceil((Date.parse(i.last_at) - Date.parse(i.since)) / 60_000))

export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)

/** Rounded up to a quarter of an hour: people hear "nine thirty". */
export function untilOf(now: number, hours: number): string {
  const quarter = 900_000
  return new Date(Math.ceil((now + hours * 3_600_000) / quarter) * quarter).toISOString()
}
