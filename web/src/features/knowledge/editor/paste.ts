// SPDX-License-Identifier: Apache-2.0
// A paste or a drop: HTML goes to the server and comes back as text, which is put where the cursor is.
import type { EditorView } from '@tiptap/pm/view'
import { Fragment, Slice } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { knowledgeApi, type PastedBlock } from '@/shared/api/knowledge'
import { kindOf, linesPasted, nodeNames, type NodeName } from './article_doc'

const partAt = (view: EditorView): NodeName | undefined => {
  const at = view.state.selection.$from
  return at.depth > 0 ? nodeNames.find((name) => name === at.node(1).type.name) : undefined
}

export function insertBlocks(view: EditorView, blocks: PastedBlock[]): void {
  const part = partAt(view)
  if (!part) return
  const kind = kindOf(part)
  const lines = linesPasted(blocks, kind)
  if (!lines.length || !lines.some(Boolean)) return
  const { schema } = view.state
  const tr = view.state.tr
  if (kind === 'line') tr.insertText(lines[0]!)
  else {
    const type = schema.nodes[kind === 'list' ? 'item' : 'paragraph']!
    const nodes = lines.map((text) => type.create(null, text ? schema.text(text) : undefined))
    // The first goes on where the cursor is, the last is gone on after it.
    tr.replaceSelection(new Slice(Fragment.from(nodes), 1, 1))
  }
  view.dispatch(tr.scrollIntoView().setMeta('paste', true))
}

export interface Pasting {
  begins: () => void
  ends: (leftOut: string[]) => void
  fails: (error: unknown) => void
}

/** Takes over whatever a paste or drop brings from outside. */
export async function takeOver(view: EditorView, data: DataTransfer | null, told: Pasting): Promise<void> {
  const html = data?.getData('text/html') ?? ''
  const plain = data?.getData('text/plain') ?? ''
  const asText = () => insertBlocks(view, plain ? [{ kind: 'paragraph', text: plain.replace(/\r/g, '') }] : [])
  if (!html) return asText()
  told.begins()
  try {
    const page = await knowledgeApi.pasted(html)
    if (!view.isDestroyed) insertBlocks(view, page.blocks)
    told.ends(page.left_out)
  } catch (error) {
    // Nothing that was copied is lost because of the line: its plain text needs no cleaning.
    if (!view.isDestroyed) asText()
    told.fails(error)
  }
}

/** The cursor into a part: its end. */
export function goTo(view: EditorView, part: NodeName): void {
  view.state.doc.forEach((node, at) => {
    if (node.type.name !== part) return
    const end = TextSelection.near(view.state.doc.resolve(at + node.nodeSize - 1), -1)
    view.dispatch(view.state.tr.setSelection(end).scrollIntoView())
    view.focus()
  })
}
