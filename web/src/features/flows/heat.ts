// SPDX-License-Identifier: Apache-2.0
// Callers as a colour in five steps and as the width of a line; the number always stands beside it.
import type { FlowHeat } from '@/shared/api/flows'
import { wordsOf, type Way } from './flow_text'

/** 0 nobody, 5 nearly everybody. */
export function heatStep(callers: number, calls: number): number {
  return callers <= 0 || calls <= 0 ? 0 : Math.min(5, Math.max(1, Math.ceil((callers / calls) * 5)))
}
/** in px; one caller is still a line */
export const lineWidth = (callers: number, calls: number): number => (callers <= 0 || calls <= 0 ? 1.5 : 1.5 + 8.5 * Math.min(1, callers / calls))

export const callersAt = (heat: FlowHeat, node: string): number => heat.nodes.find((n) => n.node === node)?.callers ?? 0
export const leftAt = (heat: FlowHeat, node: string): number => heat.nodes.find((n) => n.node === node)?.left ?? 0
/**
 * Callers who left `from` by this way; undefined when it cannot be told: two ways to the same node are one in the
 * journal, but a key at a menu is known by itself.
 */
export function callersBy(heat: FlowHeat, from: string, way: Way, all: Way[]): number | undefined {
  const [first, key] = wordsOf(way.label)
  if (first === 'key') return heat.keys.find((k) => k.node === from && k.key === key)?.callers ?? 0
  const whole = heat.ways.find((w) => w.from === from && w.to === way.to)?.callers ?? 0
  const same = all.filter((w) => w.to === way.to)
  if (same.length <= 1) return whole
  const others = same.filter((w) => w.label !== way.label)
  const keyed = others.every((w) => wordsOf(w.label)[0] === 'key')
  return keyed ? Math.max(0, whole - others.reduce((sum, w) => sum + (callersBy(heat, from, w, [w]) ?? 0), 0)) : undefined
}
/** Callers on the line between two nodes, whichever way they took. */
export const callersBetween = (heat: FlowHeat, from: string, to: string): number => heat.ways.find((w) => w.from === from && w.to === to)?.callers ?? 0
