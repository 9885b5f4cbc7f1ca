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
export interface Point {
  x: number
  y: number
}
/** Where a long line passes a layer between two boxes. */
export interface Bend {
  x: number
  top: number
  bottom: number
}
export interface Drawing {
  places: Place[]
  /** by "box port", the port by its number */
  bends: Map<string, Bend[]>
}
interface Lane extends Box {
  isLane: boolean
}
const laneWidth = 4

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

/** Ways over more than one layer, cut into one piece a layer: each piece keeps a lane free for the line. */
function withLanes(boxes: Box[], layer: Map<string, number>): { all: Lane[]; chains: Map<string, string[]> } {
  const all: Lane[] = boxes.map((b) => ({ ...b, to: [...b.to], isLane: false }))
  const chains = new Map<string, string[]>()
  for (const b of all.slice()) {
    b.to.forEach((to, i) => {
      const [from, until] = [layer.get(b.name)!, layer.get(to) ?? -1]
      const names: string[] = []
      for (let l = from + 1; l < until; l++) names.push(`${b.name} ${i} ${l}`)
      if (!names.length) return
      b.to[i] = names[0]!
      names.forEach((name, k) => {
        all.push({ name, width: laneWidth, height: 0, to: [names[k + 1] ?? to], isLane: true })
        layer.set(name, from + 1 + k)
      })
      chains.set(`${b.name} ${i}`, names)
    })
  }
  return { all, chains }
}

/** How many pairs of lines cross between the layers as they stand. */
function crossings(rows: Lane[][]): number {
  let sum = 0
  for (let l = 0; l + 1 < rows.length; l++) {
    const spot = new Map(rows[l + 1]!.map((b, i) => [b.name, i]))
    const ends = rows[l]!.flatMap((b) => b.to.map((to) => spot.get(to)).filter((i) => i !== undefined))
    for (let i = 0; i < ends.length; i++) for (let k = i + 1; k < ends.length; k++) if (ends[k]! < ends[i]!) sum++
  }
  return sum
}

/** Sorts each layer by the middle of what leads to it (downwards) or of where it leads (upwards); keeps the best. */
function untangle(rows: Lane[][], layer: Map<string, number>): Lane[][] {
  const spot = new Map<string, number>()
  const note = () => rows.forEach((row) => row.forEach((b, i) => spot.set(b.name, (i + 0.5) / row.length)))
  const inTo = new Map<string, { from: string; part: number }[]>()
  for (const b of rows.flat()) b.to.forEach((to, i) => inTo.set(to, [...(inTo.get(to) ?? []), { from: b.name, part: (i + 0.5) / b.to.length }]))
  const middle = (all: number[], or: number) => (all.length ? all.reduce((a, n) => a + n, 0) / all.length : or)
  const above = (b: Lane) => (inTo.get(b.name) ?? []).filter((e) => layer.get(e.from)! < layer.get(b.name)!)
    .map((e) => spot.get(e.from)! + (e.part - 0.5) / Math.max(1, rows[layer.get(e.from)!]!.length))
  const below = (b: Lane) => b.to.filter((to) => (layer.get(to) ?? -1) > layer.get(b.name)!).map((to) => spot.get(to)!)
  let best = rows.map((row) => [...row])
  let fewest = Infinity
  note()
  for (let round = 0; round < 12; round++) {
    for (const row of round % 2 ? [...rows].reverse() : rows) {
      const keys = new Map(row.map((b, i) => [b, [middle(round % 2 ? below(b) : above(b), spot.get(b.name)!), i] as const]))
      row.sort((a, b) => keys.get(a)![0] - keys.get(b)![0] || keys.get(a)![1] - keys.get(b)![1])
      row.forEach((b, i) => spot.set(b.name, (i + 0.5) / row.length))
    }
    const found = crossings(rows)
    if (found < fewest) [fewest, best] = [found, rows.map((row) => [...row])]
  }
  return best
}

export function layOut(boxes: Box[], roots: string[], gaps: Gaps): Drawing {
  const layer = layersOf(boxes, roots)
  const { all, chains } = withLanes(boxes, layer)
  const rows: Lane[][] = []
  for (const b of all) (rows[layer.get(b.name)!] ??= []).push(b)
  for (let i = 0; i < rows.length; i++) rows[i] ??= []
  const sorted = untangle(rows, layer)
  const widths = sorted.map((row) => row.reduce((sum, b) => sum + b.width + gaps.x, -gaps.x))
  const widest = Math.max(0, ...widths)
  const places: Place[] = []
  const lanes = new Map<string, { x: number; top: number; bottom: number }>()
  let y = 0
  sorted.forEach((row, i) => {
    const height = Math.max(0, ...row.map((b) => b.height))
    let x = (widest - widths[i]!) / 2
    for (const b of row) {
      if (b.isLane) lanes.set(b.name, { x: Math.round(x + b.width / 2), top: y, bottom: y + height })
      else places.push({ name: b.name, x: Math.round(x), y, layer: i })
      x += b.width + gaps.x
    }
    y += height + gaps.y
  })
  return { places, bends: new Map([...chains].map(([way, names]) => [way, names.map((name) => lanes.get(name)!)])) }
}

/** A line that leaves downwards, keeps to its lanes and arrives from above, as the path of an SVG. */
export function pathThrough(from: Point, bends: Bend[], to: Point): string {
  const curve = (a: Point, b: Point) => {
    const half = Math.max(24, (b.y - a.y) / 2)
    return `C${a.x},${a.y + half} ${b.x},${b.y - half} ${b.x},${b.y}`
  }
  let path = `M${from.x},${from.y}`
  let at = from
  for (const bend of bends) {
    path += ` ${curve(at, { x: bend.x, y: bend.top })} L${bend.x},${bend.bottom}`
    at = { x: bend.x, y: bend.bottom }
  }
  return `${path} ${curve(at, to)}`
}
