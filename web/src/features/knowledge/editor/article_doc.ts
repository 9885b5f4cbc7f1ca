// SPDX-License-Identifier: Apache-2.0
// The parts of an article as a document of typed nodes, and back: nothing is in one that the other has not.
import type { JSONContent } from '@tiptap/core'
import { audiences, type Audience, type PastedBlock } from '@/shared/api/knowledge'
import { lists, newRow, rowsPasted, type ArticleForm, type ListName } from '../article_form'

/** One line: what everybody says, a minute, a number. */
export const linePayloads = ['statement', 'valid_until', 'transfer'] as const
export type LineName = (typeof linePayloads)[number]
export type TextName = `${Audience}_text`
/** In the order they stand in; those of `mayBeAbsent` only where they are wanted. */
export const nodeNames = ['statement', 'agent_text', 'citizen_text', 'voice_text', 'materials', 'steps', 'regions', 'valid_until', 'transfer'] as const
export type NodeName = (typeof nodeNames)[number]
export const mayBeAbsent = ['materials', 'steps', 'regions', 'valid_until', 'transfer'] as const
export type OptionalName = (typeof mayBeAbsent)[number]
export const kindOf = (name: NodeName): 'line' | 'text' | 'list' =>
  (lists as readonly string[]).includes(name) ? 'list' : (linePayloads as readonly string[]).includes(name) ? 'line' : 'text'

/** What a document holds, as the form names it. */
export type DocParts = Pick<ArticleForm, 'statement' | 'texts' | 'valid_until' | 'transfer'> & Record<ListName, string[]>

export const partsOfForm = (form: ArticleForm): DocParts => ({
  statement: form.statement, texts: { ...form.texts }, valid_until: form.valid_until, transfer: form.transfer,
  materials: form.materials.map((row) => row.text), steps: form.steps.map((row) => row.text), regions: form.regions.map((row) => row.text),
})
export function putParts(form: ArticleForm, parts: DocParts): void {
  Object.assign(form, { statement: parts.statement, texts: { ...parts.texts }, valid_until: parts.valid_until, transfer: parts.transfer })
  // A row that did not change keeps its id, and the form's field its cursor.
  for (const name of lists) if (JSON.stringify(form[name].map((row) => row.text)) !== JSON.stringify(parts[name])) form[name] = parts[name].map((text) => newRow(text))
}

const textNodes = (text: string): JSONContent[] => (text ? [{ type: 'text', text }] : [])
const oneLine = (text: string) => text.replace(/\s*\n\s*/g, '')

export const emptyNode = (name: NodeName): JSONContent => {
  const kind = kindOf(name)
  return { type: name, content: kind === 'line' ? [] : [{ type: kind === 'list' ? 'item' : 'paragraph' }] }
}
/** @param wanted parts that stand there empty, too */
export function docOf(parts: DocParts, wanted: readonly OptionalName[] = []): JSONContent {
  const line = (name: LineName): JSONContent => ({ type: name, content: textNodes(oneLine(parts[name])) })
  const list = (name: ListName): JSONContent => ({ type: name, content: (parts[name].length ? parts[name] : ['']).map((text) => ({ type: 'item', content: textNodes(oneLine(text)) })) })
  const has = (name: OptionalName) => wanted.includes(name) || !!parts[name].length
  return {
    type: 'doc',
    content: [
      line('statement'),
      ...audiences.map((a) => ({ type: `${a}_text`, content: parts.texts[a].split('\n').map((text) => ({ type: 'paragraph', content: textNodes(text) })) })),
      ...lists.filter(has).map(list),
      ...(['valid_until', 'transfer'] as const).filter(has).map(line),
    ],
  }
}

const textIn = (node: JSONContent | undefined): string => (node?.content ?? []).map((each) => each.text ?? '').join('')
export function partsOf(doc: JSONContent): DocParts {
  const by = (name: NodeName) => doc.content?.find((node) => node.type === name)
  const texts = Object.fromEntries(audiences.map((a) => [a, (by(`${a}_text`)?.content ?? []).map(textIn).join('\n')])) as DocParts['texts']
  const rows = (name: ListName) => (by(name)?.content ?? []).map(textIn)
  const filled = (name: ListName) => (rows(name).some((text) => text.trim()) ? rows(name) : [])
  return {
    statement: textIn(by('statement')), texts, valid_until: textIn(by('valid_until')), transfer: textIn(by('transfer')),
    materials: filled('materials'), steps: filled('steps'), regions: filled('regions'),
  }
}
export const sameParts = (one: DocParts, other: DocParts): boolean => JSON.stringify(partsOf(docOf(one))) === JSON.stringify(partsOf(docOf(other)))

/** What a paste becomes in a part of this kind: the text of each new line or item. */
export function linesPasted(blocks: PastedBlock[], kind: 'line' | 'text' | 'list'): string[] {
  const all = blocks.flatMap((block) => block.text.split('\n').map((text) => ({ text: text.trim(), isItem: block.kind === 'item' }))).filter((line) => line.text)
  if (kind === 'line') return [all.map((line) => line.text).join('')]
  if (kind === 'list') return all.flatMap((line) => rowsPasted(line.text))
  return all.map((line) => (line.isItem ? `· ${line.text}` : line.text))
}
