// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { FlowHeat } from '@/shared/api/flows'
import { callersAt, callersBetween, callersBy, heatStep, leftAt, lineWidth } from './heat'

const heat: FlowHeat = {
  day: '2026-11-22', calls: 100, versions: [1],
  nodes: [{ node: 'menu', callers: 90, times: 95, left: 4 }],
  ways: [{ from: 'menu', to: 'desk', callers: 60 }, { from: 'menu', to: 'elder', callers: 20 }],
  keys: [{ node: 'menu', key: '2', callers: 15 }, { node: 'menu', key: '1', callers: 20 }],
}
const ways = [{ label: 'key 1', to: 'elder' }, { label: 'key 2', to: 'desk' }, { label: 'nothing', to: 'desk' }]

it('has a step for nobody and five for somebody', () => {
  expect([0, 1, 20, 21, 99, 100, 200].map((n) => heatStep(n, 100))).toEqual([0, 1, 1, 2, 5, 5, 5])
  expect(heatStep(3, 0)).toBe(0)
  expect(lineWidth(0, 100)).toBe(1.5)
  expect(lineWidth(100, 100)).toBe(10)
})
it('knows callers of nodes, keys and ways', () => {
  expect([callersAt(heat, 'menu'), callersAt(heat, 'gone'), leftAt(heat, 'menu'), callersBetween(heat, 'menu', 'desk')]).toEqual([90, 0, 4, 60])
  expect(callersBy(heat, 'menu', ways[0]!, ways)).toBe(20)
  expect(callersBy(heat, 'menu', { label: 'key 9', to: 'desk' }, ways)).toBe(0)
})
it('takes from a line what came by keys, and does not guess between two others', () => {
  expect(callersBy(heat, 'menu', ways[2]!, ways)).toBe(45)
  const more = [...ways, { label: 'other', to: 'desk' }]
  expect(callersBy(heat, 'menu', more[3]!, more)).toBeUndefined()
})
