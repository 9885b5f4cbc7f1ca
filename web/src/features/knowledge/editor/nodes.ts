// SPDX-License-Identifier: Apache-2.0
// The typed parts as nodes: each stands in the document at most once, in one order, and takes only what it is made of.
import { Node } from '@tiptap/core'
import { kindOf, mayBeAbsent, nodeNames, type NodeName } from './article_doc'

const isOptional = (name: NodeName) => (mayBeAbsent as readonly string[]).includes(name)
const contents = { line: 'text*', text: 'paragraph+', list: 'item+' } as const

const partNode = (name: NodeName, label: string) => {
  const kind = kindOf(name)
  const hole = kind === 'line' ? 'p' : kind === 'text' ? 'div' : name === 'steps' ? 'ol' : 'ul'
  return Node.create({
    name,
    content: contents[kind],
    marks: '',
    isolating: true,
    defining: true,
    // What a browser parsed is never taken for a part: pastes come from the server, as text.
    renderHTML: () => ['section', { class: 'part', 'data-node': name }, ['h3', { contenteditable: 'false' }, label], [hole, { class: 'hole' }, 0]],
  })
}
const leaf = (name: 'paragraph' | 'item', tag: string) => Node.create({ name, content: 'text*', marks: '', renderHTML: () => [tag, 0] })

export function articleNodes(label: (name: NodeName) => string): Node[] {
  return [
    Node.create({ name: 'doc', topNode: true, content: nodeNames.map((name) => (isOptional(name) ? `${name}?` : name)).join(' ') }),
    Node.create({ name: 'text' }),
    leaf('paragraph', 'p'),
    leaf('item', 'li'),
    ...nodeNames.map((name) => partNode(name, label(name))),
  ]
}
