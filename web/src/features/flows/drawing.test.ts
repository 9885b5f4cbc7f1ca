// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { FlowHeat } from '@/shared/api/flows'
import { draw, labelOf, portId } from './drawing'
import { parseFlow } from './flow_text'

const flow = parseFlow(`flow main
start hello
person desk

node hello play
  -> menu

node menu choose
  key 1 -> elder
  key 2 -> hello
  key 3 -> gone

node elder queue
  queue elder

node desk queue
  queue repair
`)
it('draws a line for each way to a node that is there, back up too', () => {
  const { boxes, lines } = draw(flow)
  expect(lines.map((l) => [l.from, l.port, l.to, l.isBack])).toEqual([['hello', 'way:', 'menu', false], ['menu', 'way:key 1', 'elder', false], ['menu', 'way:key 2', 'hello', true]])
  expect(boxes.find((b) => b.id === 'menu')!.ports.map((p) => p.label)).toEqual(['key 1', 'key 2', 'key 3', 'other', 'nothing'])
  expect(boxes.find((b) => b.id === 'menu')!.width).toBeGreaterThan(boxes.find((b) => b.id === 'desk')!.width)
})
it('is wider where more callers went', () => {
  const heat: FlowHeat = { day: '', calls: 10, versions: [], nodes: [], ways: [{ from: 'hello', to: 'menu', callers: 10 }], keys: [{ node: 'menu', key: '1', callers: 5 }] }
  expect(draw(flow, heat).lines.map((l) => l.width)).toEqual([10, 5.75, 1.5])
  expect(draw(flow, heat).boxes.find((b) => b.id === 'menu')!.ports[0]!.callers).toBe(5)
})
it('names a port so that its label comes back', () => {
  for (const label of ['', 'key #', 'time mon-fri 08:30-17:30']) expect(labelOf(portId(label))).toBe(label)
  expect(labelOf('in')).toBeUndefined()
})
