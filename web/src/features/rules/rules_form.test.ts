// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { CentreRow } from '@/shared/api/rules'
import { asTree, freeName, percent } from './rules_form'

const row = (id: number, parent_id: number): CentreRow => ({ id, parent_id, name: `c${id}`, numbers: [], queues: 0, agents: 0 })

test('branches stand under their parents, and a branch alone stands at the top', () => {
  expect(asTree([row(1, 0), row(3, 2), row(2, 1)]).map((r) => [r.centre.id, r.depth])).toEqual([[1, 0], [2, 1], [3, 2]])
  expect(asTree([row(5, 1)]).map((r) => [r.centre.id, r.depth])).toEqual([[5, 0]])
})
test('rates are whole percents, and nobody is no rate', () => {
  expect(percent(0.914)).toBe('91\u00a0%')
  expect(percent(null)).toBe('–')
})
test('a new name is nobody else’s', () => expect(freeName('queue', ['queue-1', 'queue-3'])).toBe('queue-2'))
