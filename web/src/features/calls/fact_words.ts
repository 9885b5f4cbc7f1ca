// SPDX-License-Identifier: Apache-2.0
// What stands beside a fact's name: its telling fields, in words.
import type { FactRow } from '@/shared/api/contract'
import { clockSpan } from '@/shared/lib/duration'

/** Fields worth reading, in the order they are read. */
const shown = ['caller', 'dialled', 'node', 'keys', 'target', 'kind', 'role', 'party', 'from', 'to', 'action', 'span', 'outcome', 'cause', 'who', 'why', 'reason', 'solved', 'score', 'disposition', 'number', 'how', 'purpose']
const spans = ['waited_ms', 'talked_ms', 'held_ms', 'total_ms', 'length_ms']

export function detailOf(fact: FactRow, word: (value: string) => string): string {
  const body = fact.body ?? {}
  const parts: string[] = []
  for (const key of shown) {
    const value = body[key]
    if (typeof value === 'string' && value) parts.push(word(value))
    else if (typeof value === 'number' && value !== 0) parts.push(String(value))
  }
  const first = spans.find((key) => typeof body[key] === 'number' && (body[key] as number) > 0)
  if (first) parts.push(clockSpan(body[first] as number))
  return parts.join(' · ')
}
