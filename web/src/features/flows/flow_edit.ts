// SPDX-License-Identifier: Apache-2.0
// Edits of a flow, each a new flow out of an old one; the canvas, the outline and the form all use these.
import { nodeOf, personOf, startOf, valueOf, wayOf, waysOf, wordsOf, type Flow, type FlowNode } from './flow_text'

/** The order of lines as the server writes them; what is not named keeps its place behind. */
const order = ['say', 'barge-in', 'again', 'digits', 'secure', 'territory', 'case', 'about', 'prefix', 'place', 'key', 'guess', 'tag', 'number', 'withheld', 'open', 'holiday', 'time', 'other', 'nothing', 'else', 'wait', '->', 'queue', 'needs', 'priority', 'announce', 'echo']
/** Rules of a branch stand in an order of their own: the first that holds decides. */
const rules = new Set(['tag', 'number', 'withheld', 'open', 'holiday', 'time'])
export const isRule = (label: string): boolean => rules.has(wordsOf(label)[0] ?? '')
const rankOf = (line: string): number => {
  const first = wordsOf(line)[0] ?? ''
  if (rules.has(first)) return order.indexOf('tag')
  const at = order.indexOf(first)
  return at < 0 ? order.length : at
}
const placed = (lines: string[], line: string): string[] => {
  const at = lines.findIndex((l) => !l.startsWith('#') && rankOf(l) > rankOf(line))
  return at < 0 ? [...lines, line] : [...lines.slice(0, at), line, ...lines.slice(at)]
}
const wayLine = (label: string, to: string) => `${label ? `${label} ` : ''}-> ${to}`

function withNode(flow: Flow, name: string, change: (node: FlowNode) => FlowNode): Flow {
  return { ...flow, nodes: flow.nodes.map((n) => (n.name === name ? change(n) : n)) }
}
const withLines = (flow: Flow, name: string, change: (lines: string[]) => string[]): Flow =>
  withNode(flow, name, (n) => ({ ...n, lines: change(n.lines) }))

/** Sets, replaces or (undefined, "") takes away a line with a value, e.g. "queue repair". */
export function setValue(flow: Flow, name: string, word: string, value: string | undefined): Flow {
  return withLines(flow, name, (lines) => {
    const isIt = (line: string) => wordsOf(line)[0] === word && !wayOf(line)
    const line = value ? `${word} ${value}` : undefined
    const at = lines.findIndex(isIt)
    if (at < 0) return line ? placed(lines, line) : lines
    return lines.flatMap((l, i) => (i === at && line ? [line] : isIt(l) ? [] : [l]))
  })
}
/** Leads the way `label` to `to`; "" takes the way away. */
export function setWay(flow: Flow, name: string, label: string, to: string): Flow {
  return withLines(flow, name, (lines) => {
    const at = lines.findIndex((line) => wayOf(line)?.label === label)
    const line = to ? wayLine(label, to) : undefined
    if (at < 0) return line ? placed(lines, line) : lines
    return lines.flatMap((l, i) => (i !== at ? [l] : line ? [line] : []))
  })
}
/** Gives a way another key or condition; nothing happens when the node has that already. */
export function relabel(flow: Flow, name: string, from: string, to: string): Flow {
  const node = nodeOf(flow, name)
  if (!node || waysOf(node).some((w) => w.label === to)) return flow
  return withLines(flow, name, (lines) => lines.map((line) => {
    const way = wayOf(line)
    return way?.label === from ? wayLine(to, way.to) : line
  }))
}
/** Moves a rule of a branch up (-1) or down (1) among the rules. */
export function moveRule(flow: Flow, name: string, label: string, by: -1 | 1): Flow {
  return withLines(flow, name, (lines) => {
    const places = lines.flatMap((line, i) => (isRule(wayOf(line)?.label ?? '') ? [i] : []))
    const at = places.findIndex((i) => wayOf(lines[i]!)!.label === label)
    const [one, other] = [places[at], places[at + by]]
    if (at < 0 || one === undefined || other === undefined) return lines
    const out = [...lines]
    ;[out[one], out[other]] = [lines[other]!, lines[one]!]
    return out
  })
}
export const setNote = (flow: Flow, name: string, text: string): Flow =>
  withNode(flow, name, (n) => ({ ...n, notes: text ? text.split('\n') : [] }))

/** A name no node has. */
export function freeName(flow: Flow, stem: string): string {
  if (!nodeOf(flow, stem)) return stem
  for (let n = 2; ; n++) if (!nodeOf(flow, `${stem}-${n}`)) return `${stem}-${n}`
}

/** Lines a new node begins with, so that it does something sensible at once. */
const firstLines = (flow: Flow, kind: string, next: string): string[] => {
  const on = next || personOf(flow)
  const queue = flow.nodes.map((n) => valueOf(n.lines, 'queue')).find(Boolean)
  switch (kind) {
    case 'play': return on ? [`-> ${on}`] : []
    case 'choose': return on ? [`key 1 -> ${on}`, 'wait 3s'] : ['wait 3s']
    case 'digits': return ['digits 1-20', 'again 1', ...(on ? [`-> ${on}`] : [])]
    case 'progress':
    case 'live':
    case 'guess':
    case 'answer': return on ? [`-> ${on}`] : []
    case 'branch': return on ? [`else -> ${on}`] : []
    case 'queue': return queue ? [`queue ${queue}`] : []
    default: return []
  }
}
/** A new node of `kind` behind `after` in the text, leading to `next` where its kind leads anywhere. */
export function addNode(flow: Flow, kind: string, name: string, after = '', next = ''): Flow {
  const node: FlowNode = { name, kind, line: 0, notes: [], lines: firstLines(flow, kind, next) }
  const at = flow.nodes.findIndex((n) => n.name === after)
  const nodes = at < 0 ? [...flow.nodes, node] : [...flow.nodes.slice(0, at + 1), node, ...flow.nodes.slice(at + 1)]
  return { ...flow, nodes }
}
/** Puts a new node into a way: who went there comes by it first. */
export function insertOnWay(flow: Flow, from: string, label: string, kind: string, name: string): Flow {
  const node = nodeOf(flow, from)
  const to = node && waysOf(node).find((w) => w.label === label)?.to
  return setWay(addNode(flow, kind, name, from, to || personOf(flow)), from, label, name)
}
const headNames = ['start', 'person', 'fallback']
function pointed(flow: Flow, from: string, to: string): Flow {
  const head = flow.head.flatMap((line) => {
    const [word, value] = wordsOf(line)
    if (!headNames.includes(word ?? '') || value !== from) return [line]
    return to ? [`${word} ${to}`] : word === 'start' ? [] : [line]
  })
  const nodes = flow.nodes.map((n) => ({
    ...n,
    lines: n.lines.flatMap((line) => {
      const way = wayOf(line)
      if (way?.to !== from) return [line]
      return to ? [wayLine(way.label, to)] : []
    }),
  }))
  return { ...flow, head, nodes }
}
export function renameNode(flow: Flow, from: string, to: string): Flow {
  if (from === to || nodeOf(flow, to)) return flow
  return withNode(pointed(flow, from, to), from, (n) => ({ ...n, name: to }))
}
/** Takes a node out. Who came to it goes where it led; when it led nowhere else their ways go with it. */
export function removeNode(flow: Flow, name: string): Flow {
  const node = nodeOf(flow, name)
  if (!node) return flow
  const on = waysOf(node).find((w) => (w.label === '' || w.label === 'else') && w.to !== name)?.to ?? ''
  const wasStart = startOf(flow) === name
  const rest = pointed({ ...flow, nodes: flow.nodes.filter((n) => n !== node) }, name, on)
  return wasStart && on && !valueOf(rest.head, 'start') ? setHead(rest, 'start', [on]) : rest
}

/** Lines each kind may have; what a new kind does not know goes, when somebody changes the kind. */
const spoken = ['say', 'barge-in']
const known: Record<string, string[]> = {
  play: [...spoken, 'again', '->'],
  choose: [...spoken, 'again', 'key', 'other', 'nothing', 'wait'],
  digits: [...spoken, 'again', 'digits', 'secure', 'territory', 'case', 'nothing', 'wait', '->'],
  progress: ['other', 'nothing', 'wait', '->'],
  live: ['about', 'prefix', 'place', 'other', 'nothing', 'wait', '->'],
  guess: ['guess', 'wait', '->'],
  answer: [...spoken, 'matter', 'again', 'other', 'nothing', 'wait', '->'],
  branch: [...rules, 'else'],
  queue: [...spoken, 'queue', 'needs', 'territory', 'priority', 'announce'],
  voicemail: spoken,
  'hang-up': spoken,
  wait: ['echo'],
}
export function setKind(flow: Flow, name: string, kind: string): Flow {
  const node = nodeOf(flow, name)
  if (!node || node.kind === kind) return flow
  const on = waysOf(node).find((w) => w.label === '' || w.label === 'else')?.to ?? waysOf(node)[0]?.to ?? ''
  const kept = node.lines.filter((line) => line.startsWith('#') || known[kind]?.includes(wordsOf(line)[0]!))
  const has = (word: string) => kept.some((line) => wordsOf(line)[0] === word)
  const more = firstLines(flow, kind, on).filter((line) => !has(wordsOf(line)[0]!))
  return withNode(flow, name, (n) => ({ ...n, kind, lines: more.reduce(placed, kept) }))
}

/** The order of lines about the flow, as the server writes them. */
const headOrder = ['flow', 'zone', 'hours', 'holiday', 'workday', 'must-hear', 'start', 'person', 'fallback', 'recorded', 'measuring']
export const headValues = (flow: Flow, word: string): string[] =>
  flow.head.filter((line) => wordsOf(line)[0] === word).map((line) => line.trim().slice(word.length).trim())
/** All lines about the flow that begin with `word`: one for each value. */
export function setHead(flow: Flow, word: string, values: string[]): Flow {
  const isIt = (line: string) => wordsOf(line)[0] === word
  const lines = values.filter(Boolean).map((value) => `${word} ${value}`)
  const at = flow.head.findIndex(isIt)
  const rest = flow.head.filter((line) => !isIt(line))
  const behind = headOrder.slice(headOrder.indexOf(word) + 1)
  const before = rest.findIndex((line) => behind.includes(wordsOf(line)[0] ?? ''))
  const to = at >= 0 ? at : before < 0 ? rest.length : before
  return { ...flow, head: [...rest.slice(0, to), ...lines, ...rest.slice(to)] }
}
