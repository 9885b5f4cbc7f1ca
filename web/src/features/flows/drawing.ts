// SPDX-License-Identifier: Apache-2.0
// A flow as boxes and lines for the canvas: sizes, places, which port a line leaves by.
import type { FlowHeat } from '@/shared/api/flows'
import { personOf, portsOf, startOf, valueOf, type Flow, type FlowNode, type Port } from './flow_text'
import { callersBetween, callersBy, lineWidth } from './heat'
import { layOut, type Bend } from './layout'

export const boxSize = { width: 208, head: 66, ports: 40, port: 54 }

export interface DrawnPort extends Port {
  id: string
  callers?: number
}
export interface DrawnBox {
  id: string
  node: FlowNode
  ports: DrawnPort[]
  x: number
  y: number
  width: number
  height: number
}
export interface DrawnLine {
  id: string
  from: string
  port: string
  to: string
  /** leads to something that stands above */
  isBack: boolean
  width: number
  /** where it passes other layers */
  bends: Bend[]
}
/** Labels have spaces and dots; an id of a port says the same safely. */
export const portId = (label: string): string => `way:${label}`
export const labelOf = (id: string | null | undefined): string | undefined => (id?.startsWith('way:') ? id.slice(4) : undefined)

export function draw(flow: Flow, heat?: FlowHeat): { boxes: DrawnBox[]; lines: DrawnLine[] } {
  const known = new Set(flow.nodes.map((n) => n.name))
  const all = flow.nodes.map((node) => {
    const found = portsOf(flow, node)
    const ports = found.map((p): DrawnPort => ({ ...p, id: portId(p.label), callers: heat && callersBy(heat, node.name, p, found) }))
    const width = Math.max(boxSize.width, ports.length * boxSize.port + 16)
    return { node, ports, width, height: boxSize.head + (ports.length ? boxSize.ports : 0) }
  })
  const roots = [startOf(flow), personOf(flow), valueOf(flow.head, 'fallback') ?? '']
  // A way that is there without a line goes to the person; drawn from everywhere it would hide the others.
  const boxes = all.map((b) => ({ name: b.node.name, width: b.width, height: b.height, to: b.ports.map((p) => (p.isImplied ? '' : p.to)) }))
  const drawing = layOut(boxes, roots, { x: 30, y: 64 })
  const places = new Map(drawing.places.map((p) => [p.name, p]))
  const lines = all.flatMap((b) => b.ports.flatMap((p, i) => (p.isImplied || !known.has(p.to) ? [] : [{ p, i }])).map(({ p, i }): DrawnLine => ({
    id: `${b.node.name} ${p.id}`, from: b.node.name, port: p.id, to: p.to,
    isBack: places.get(p.to)!.layer <= places.get(b.node.name)!.layer,
    width: heat ? lineWidth(p.callers ?? callersBetween(heat, b.node.name, p.to), heat.calls) : 1.5,
    bends: drawing.bends.get(`${b.node.name} ${i}`) ?? [],
  })))
  return { boxes: all.map((b) => ({ id: b.node.name, ...b, x: places.get(b.node.name)!.x, y: places.get(b.node.name)!.y })), lines }
}
