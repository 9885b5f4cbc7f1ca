// SPDX-License-Identifier: Apache-2.0
// Where the nodes of a flow stand on the canvas: layers from the start downwards, in each the order that
// crosses fewest ways. The same flow is drawn the same everywhere; nobody's dragging is kept.

export interface Box {
  name: string
  width: number
  height: number
  /** where each port leads, from left to right; "" for nowhere */
  to: string[]
}
export interface Place {
  name: string
  x: number
  y: number
  layer: number
}
export interface Gaps {
  x: number
  y: number
}

/** How far below the start each box lies; ways that lead back up do not count. */
function layersOf(boxes: Box[], roots: string[]): Map<string, number> {
  const byName = new Map(boxes.map((b) => [b.name, b]))
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const back = new Set<string>()
  // Depth first without recursion: a flow may be 200 nodes in a row.
  for (const root of [...roots, ...byName.keys()]) {
    if (!byName.has(root) || state.has(root)) continue
    const stack = [{ name: root, at: 0 }]
    state.set(root, 'open')
    while (stack.length) {
      const top = stack.at(-1)!
      const next = byName.get(top.name)!.to[top.at++]
      if (next === undefined) {
        state.set(top.name, 'done')
        order.push(top.name)
        stack.pop()
      } else if (state.get(next) === 'open') back.add(`${top.name} ${next}`)
      else if (byName.has(next) && !state.has(next)) {
        state.set(next, 'open')
        stack.push({ name: next, at: 0 })
      }
    }
  }
  const layer = new Map<string, number>()
  for (const name of order.reverse()) {
    const mine = layer.get(name) ?? 0
    layer.set(name, mine)
    for (const to of byName.get(name)!.to)
      if (byName.has(to) && !back.has(`${name} ${to}`)) layer.set(to, Math.max(layer.get(to) ?? 0, mine + 1))
  }
  return layer
}

/** Sorts each layer by the middle of what leads to it (downwards) or of where it leads (upwards). */
function untangle(rows: Box[][], layer: Map<string, number>): void {
  const spot = new Map<string, number>()
  const note = () => rows.forEach((row) => row.forEach((b, i) => spot.set(b.name, (i + 0.5) / row.length)))
  const inTo = new Map<string, { from: string; part: number }[]>()
  for (const b of rows.flat())
    b.to.forEach((to, i) => inTo.set(to, [...(inTo.get(to) ?? []), { from: b.name, part: (i + 0.5) / b.to.length }]))
  const middle = (all: number[], or: number) => (all.length ? all.reduce((a, n) => a + n, 0) / all.length : or)
  note()
  for (let round = 0; round < 8; round++) {
    const isDown = round % 2 === 0
    const key = (b: Box): number => {
      const mine = spot.get(b.name)!
      if (isDown) {
        const above = (inTo.get(b.name) ?? []).filter((e) => layer.get(e.from)! < layer.get(b.name)!)
        const size = (e: { from: string; part: number }) => spot.get(e.from)! + (e.part - 0.5) / Math.max(1, rows[layer.get(e.from)!]!.length)
        return middle(above.map(size), mine)
      }
      return middle(b.to.filter((to) => (layer.get(to) ?? -1) > layer.get(b.name)!).map((to) => spot.get(to)!), mine)
    }
    for (const row of rows) {
      const keys = new Map(row.map((b, i) => [b, [key(b), i] as const]))
      row.sort((a, b) => keys.get(a)![0] - keys.get(b)![0] || keys.get(a)![1] - keys.get(b)![1])
    }
    note()
  }
}

export function layOut(boxes: Box[], roots: string[], gaps: Gaps): Place[] {
  const layer = layersOf(boxes, roots)
  const rows: Box[][] = []
  for (const b of boxes) (rows[layer.get(b.name)!] ??= []).push(b)
  for (let i = 0; i < rows.length; i++) rows[i] ??= []
  untangle(rows, layer)
  const widths = rows.map((row) => row.reduce((sum, b) => sum + b.width + gaps.x, -gaps.x))
  const widest = Math.max(0, ...widths)
  const out: Place[] = []
  let y = 0
  rows.forEach((row, i) => {
    let x = (widest - widths[i]!) / 2
    for (const b of row) {
      out.push({ name: b.name, x: Math.round(x), y, layer: i })
      x += b.width + gaps.x
    }
    y += Math.max(0, ...row.map((b) => b.height)) + gaps.y
  })
  return out
}
