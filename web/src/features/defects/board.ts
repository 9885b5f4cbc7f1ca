// SPDX-License-Identifier: Apache-2.0
// What the board says of a defect: its two weeks side by side, and why it is not closed yet.
import type { CauseGroup, CauseMatch, Defect, DefectVerb, GroupedBy } from '@/shared/api/causes'

/** Width of a week's bar in percent of the widest; a week with any contact is seen. */
export function widthOf(contacts: number, most: number): number {
  if (contacts <= 0 || most <= 0) return 0
  return Math.max(4, Math.round((100 * contacts) / most))
}

export interface Held { key: string; words: Record<string, string | number> }
/** Why closing is not offered, as a message and its figures; nothing when it is, or is not the next step. */
export function whyOpen(d: Defect): Held | undefined {
  if (d.state !== 'done' || !d.held_open) return undefined
  if (d.held_open === 'week_not_over') return { key: 'defect.held_week', words: { before: d.before } }
  return { key: 'defect.held_contacts', words: { before: d.before, since: d.since ?? 0, fewer: d.fewer_than } }
}

/** The buttons of a state, the expected step first; closing is shown while it waits, too. */
export function actsOf(d: Defect): DefectVerb[] {
  const first: Partial<Record<Defect['state'], DefectVerb>> = { open: 'own', owned: 'schedule', scheduled: 'finish', done: 'close', reopened: 'schedule' }
  const lead = first[d.state]
  return lead && d.may.includes(lead) ? [lead, ...d.may.filter((v) => v !== lead)] : [...d.may]
}

export function matchOf(group: CauseGroup, by: GroupedBy): CauseMatch {
  const value = (of: GroupedBy) => (by === of ? group.value : '')
  return { cause: group.cause, type: value('type'), place: value('place'), route: value('route') }
}
/** The narrowest step of "市/北桥区/听松里". */
export const narrowest = (place: string): string => place.split('/').filter(Boolean).at(-1) ?? ''

/** One repair is asked of one kind of people. */
export const mayJoin = (groups: CauseGroup[]): boolean => groups.length > 0 && groups.every((g) => g.kind === groups[0]?.kind)
