// SPDX-License-Identifier: Apache-2.0
// Who and what a few typed letters mean in the picker: people, queues, or a number.
import type { Person, QueueRow, Target } from '@/shared/api/contract'

export interface Choice {
  key: string
  to: Target
  name: string
  /** work number, or how many wait */
  detail: string
  state?: string
  canTake: boolean
}

const reachable = ['Ready']

export function personChoice(p: Person): Choice {
  return {
    key: `agent:${p.id}`,
    to: { kind: 'agent', agent: p.id },
    name: p.name,
    detail: p.work_number,
    state: p.state,
    canTake: reachable.includes(p.state),
  }
}
export function queueChoice(q: QueueRow, detail: string): Choice {
  return { key: `queue:${q.id}`, to: { kind: 'queue', queue: q.id }, name: q.title || q.name, detail, canTake: q.ready > 0 }
}

/** A dialled number: digits, with the usual decoration taken out; undefined for anything else. */
export function numberIn(text: string): string | undefined {
  const digits = text.replace(/[\s()-]/g, '')
  return /^\+?\d{3,20}$/.test(digits) ? digits : undefined
}

export function matches(text: string, words: (string | undefined)[]): boolean {
  const wanted = text.trim().toLowerCase()
  return !wanted || words.some((word) => word?.toLowerCase().includes(wanted))
}

/** Those who can take the call first, then by name as given. */
export function ordered(choices: Choice[]): Choice[] {
  return [...choices].sort((a, b) => Number(b.canTake) - Number(a.canTake))
}
