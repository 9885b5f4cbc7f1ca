// SPDX-License-Identifier: Apache-2.0
// The text of a flow as nodes and lines, and back. It understands the shape of every line and the sense of
// few: what it does not know it keeps, and the server alone says what is right.

export const nodeKinds = ['play', 'choose', 'digits', 'progress', 'live', 'answer', 'guess', 'branch', 'queue', 'voicemail', 'hang-up', 'wait'] as const
export type NodeKind = (typeof nodeKinds)[number]

export interface FlowNode {
  name: string
  /** one of nodeKinds, or what a newer server knows */
  kind: string
  /** in the text it was read from; 0 for a new node */
  line: number
  /** the comment above it, without "#" */
  notes: string[]
  /** each without its margin; comments among them too */
  lines: string[]
}
export interface Flow {
  /** about the flow: the lines before the nodes, and those at the margin between them */
  head: string[]
  nodes: FlowNode[]
  /** comments below the last node */
  tail: string[]
}
/** A line of a node that leads somewhere. */
export interface Way {
  /** what stands before the arrow: "key 1", "other", "open office"; "" for the plain way on */
  label: string
  to: string
}

const nameShape = /^[a-z0-9][a-z0-9-]{0,39}$/
export const isName = (word: string): boolean => nameShape.test(word)
export const wordsOf = (line: string): string[] => line.split(/[ \t]+/).filter(Boolean)

/** The comment right above the first node is the node's, when an empty line divides it from the head. */
function firstNotes(head: string[]): string[] {
  const at = head.lastIndexOf('')
  const isNode = at > 0 && at < head.length - 1 && head.slice(at).every((line) => !line || line.startsWith('#'))
  const notes = isNode ? head.splice(at).slice(1).map((line) => line.replace(/^#\s?/, '')) : []
  while (head.at(-1) === '') head.pop()
  return notes
}

export function parseFlow(text: string): Flow {
  const flow: Flow = { head: [], nodes: [], tail: [] }
  let notes: string[] = []
  text.replace(/\r/g, '').split('\n').forEach((raw, i) => {
    const line = raw.trimEnd()
    const node = flow.nodes.at(-1)
    const isAtMargin = !/^[ \t]/.test(line)
    const words = wordsOf(line)
    if (isAtMargin && words[0] === 'node') {
      if (!node) notes = firstNotes(flow.head)
      flow.nodes.push({ name: words[1] ?? '', kind: words.slice(2).join(' '), line: i + 1, notes, lines: [] })
      notes = []
    } else if (isAtMargin && node && line.startsWith('#')) notes.push(line.replace(/^#\s?/, ''))
    else if (!node || (isAtMargin && line)) flow.head.push(line)
    else if (line) node.lines.push(...notes.splice(0).map((n) => `# ${n}`), line.trim())
  })
  flow.tail = notes
  while (flow.head.at(-1) === '') flow.head.pop()
  return flow
}

const comments = (notes: string[]) => notes.map((n) => (n ? `# ${n}` : '#'))

export function textOf(flow: Flow): string {
  const parts = [flow.head.join('\n')]
  for (const n of flow.nodes) parts.push([...comments(n.notes), `node ${n.name} ${n.kind}`, ...n.lines.map((l) => `  ${l}`)].join('\n'))
  if (flow.tail.length) parts.push(comments(flow.tail).join('\n'))
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** The way of a line, if it is one. */
export function wayOf(line: string): Way | undefined {
  if (line.startsWith('#')) return undefined
  const words = wordsOf(line)
  const at = words.indexOf('->')
  return at >= 0 && at === words.length - 2 ? { label: words.slice(0, at).join(' '), to: words.at(-1)! } : undefined
}
export const waysOf = (node: FlowNode): Way[] => node.lines.flatMap((line) => wayOf(line) ?? [])

/** What follows `word` in the first line that begins with it; undefined when none does. */
export function valueOf(lines: string[], word: string): string | undefined {
  const found = lines.find((line) => wordsOf(line)[0] === word && !wayOf(line))
  return found === undefined ? undefined : wordsOf(found).slice(1).join(' ')
}
export const promptsOf = (node: FlowNode): string[] =>
  node.lines.filter((line) => wordsOf(line)[0] === 'say').flatMap((line) => wordsOf(line).slice(1))

export const nodeOf = (flow: Flow, name: string): FlowNode | undefined => flow.nodes.find((n) => n.name === name)
/** Where a caller begins. */
export const startOf = (flow: Flow): string => valueOf(flow.head, 'start') || flow.nodes[0]?.name || ''
export const personOf = (flow: Flow): string => valueOf(flow.head, 'person') ?? ''

/** Ways that lead to the flow's person as long as no line says otherwise. */
const implied: Record<string, string[]> = { choose: ['other', 'nothing'], digits: ['nothing'], progress: ['other', 'nothing'], live: ['other', 'nothing'], answer: ['other', 'nothing'] }

export interface Port extends Way {
  /** no line says so: it is the rule */
  isImplied: boolean
}
/** Every way out of a node in the order people read them: keys first, what happens else last. */
export function portsOf(flow: Flow, node: FlowNode): Port[] {
  const given: Port[] = waysOf(node).map((way) => ({ ...way, isImplied: false }))
  const more = (implied[node.kind] ?? []).filter((label) => !given.some((w) => w.label === label))
  const rank = (label: string) => ['', 'other', 'nothing', 'else'].indexOf(label)
  const all = [...given, ...more.map((label) => ({ label, to: personOf(flow), isImplied: true }))]
  return all.map((port, i) => ({ port, i })).sort((a, b) => rank(a.port.label) - rank(b.port.label) || a.i - b.i).map(({ port }) => port)
}

/** The nodes as a caller meets them from the start, how deep each lies, and last those no way leads to. */
export function walk(flow: Flow): { node: FlowNode; depth: number; isReached: boolean }[] {
  const seen = new Set<string>()
  const out: { node: FlowNode; depth: number; isReached: boolean }[] = []
  const visit = (from: string, isReached: boolean) => {
    const stack = [{ name: from, depth: 0 }]
    while (stack.length) {
      const { name, depth } = stack.pop()!
      const node = nodeOf(flow, name)
      if (!node || seen.has(name)) continue
      seen.add(name)
      out.push({ node, depth, isReached })
      for (const port of portsOf(flow, node).reverse()) stack.push({ name: port.to, depth: depth + 1 })
    }
  }
  visit(startOf(flow), true)
  visit(personOf(flow), true)
  visit(valueOf(flow.head, 'fallback') ?? '', true)
  for (const n of flow.nodes) visit(n.name, false)
  return out
}

/**
 * The server counts lines in the text as it would write it. The same line in the text as it is written here: in the
 * node of the same name the line of the same words, else the node's first; 0 when there is none.
 */
export function lineHere(text: string, canonical: string, line: number): number {
  const said = canonical.split('\n')
  const same = (a = '', b = '') => wordsOf(a).join(' ') === wordsOf(b).join(' ')
  const isNode = (l: string) => /^node[ \t]/.test(l)
  if (line < 1 || line > said.length) return 0
  let head = line - 1
  while (head >= 0 && !isNode(said[head]!)) head--
  const mine = text.replace(/\r/g, '').split('\n')
  const begin = head < 0 ? 0 : mine.findIndex((l) => isNode(l) && wordsOf(l)[1] === wordsOf(said[head]!)[1])
  if (begin < 0) return 0
  const next = mine.findIndex((l, i) => i > begin && isNode(l))
  const found = mine.findIndex((l, i) => i >= begin && (next < 0 || i < next) && same(l, said[line - 1]))
  return found >= 0 ? found + 1 : head < 0 ? 0 : begin + 1
}
