// SPDX-License-Identifier: Apache-2.0
// An article being written, as plain data: what the form holds, what goes to the server, and what differs.
import { audiences, type ArticleContent, type ArticleState, type ArticleView, type ArticleVersion, type Audience } from '@/shared/api/knowledge'
import { minuteIn, minuteText } from '@/shared/lib/minute'

/** The rows of a list keep an id, so that a row that moves keeps its field and the cursor in it. */
export interface ListRow {
  id: number
  text: string
}
export const lists = ['materials', 'steps', 'regions'] as const
export type ListName = (typeof lists)[number]
/** The parts as the server names them, in the order they are read. */
export const parts = [
  'title', 'statement', 'texts.agent', 'texts.citizen', 'texts.voice', 'materials', 'steps', 'regions', 'transfer', 'source', 'valid_until', 'review_by', 'owner',
] as const
export type Part = (typeof parts)[number]

export interface ArticleForm {
  title: string
  statement: string
  texts: Record<Audience, string>
  materials: ListRow[]
  steps: ListRow[]
  regions: ListRow[]
  transfer: string
  source: string
  /** "2026-12-01 08:00" by the clock of this place, or "" */
  valid_until: string
  review_by: string
  owner_id: number
}

let lastRow = 0
export const newRow = (text = ''): ListRow => ({ id: ++lastRow, text })

export const blankContent = (owner: number): ArticleContent => ({
  title: '', statement: '', texts: { agent: '', citizen: '', voice: '' }, materials: [], steps: [], regions: [], transfer: '', source: '', valid_until: null, review_by: null, owner_id: owner,
})

export function formOf(content: ArticleContent): ArticleForm {
  const rows = (name: ListName) => content[name].map((text) => newRow(text))
  return {
    ...content,
    texts: { ...content.texts },
    materials: rows('materials'), steps: rows('steps'), regions: rows('regions'),
    valid_until: minuteText(content.valid_until), review_by: minuteText(content.review_by),
  }
}

/** What is sent: empty rows are left out, and nothing begins or ends with spaces. */
export function contentOf(form: ArticleForm): ArticleContent {
  const rows = (name: ListName) => form[name].map((row) => row.text.trim()).filter(Boolean)
  return {
    title: form.title.trim(), statement: form.statement.trim(),
    texts: { agent: form.texts.agent.trim(), citizen: form.texts.citizen.trim(), voice: form.texts.voice.trim() },
    materials: rows('materials'), steps: rows('steps'), regions: rows('regions'),
    transfer: form.transfer.trim(), source: form.source.trim(),
    valid_until: minuteIn(form.valid_until) ?? null, review_by: minuteIn(form.review_by) ?? null,
    owner_id: form.owner_id,
  }
}

export const sameContent = (one: ArticleContent, other: ArticleContent): boolean => JSON.stringify(contentOf(formOf(one))) === JSON.stringify(contentOf(formOf(other)))

/** What a reader must have, and what is no time: by part, with a word of the message files. */
export function faultsOf(form: ArticleForm, isWhole: boolean): Partial<Record<Part, string>> {
  const out: Partial<Record<Part, string>> = {}
  const need = (part: Part, text: string) => {
    if (!text.trim()) out[part] = 'missing'
  }
  need('title', form.title)
  for (const name of ['valid_until', 'review_by'] as const) if (form[name].trim() && !minuteIn(form[name])) out[name] = 'no_minute'
  if (!isWhole) return out
  need('statement', form.statement)
  for (const audience of audiences) need(`texts.${audience}`, form.texts[audience])
  need('source', form.source)
  return out
}

/** A fault of the server by our part: "materials.2" is a fault of the list. */
export function partOf(field: string): Part | undefined {
  const bare = field.replace(/^content\./, '').replace(/_id$/, '')
  return parts.find((part) => bare === part || bare.startsWith(`${part}.`))
}

/** Where writing begins: what is open, else what is said, else what was last there. */
export function beginsWith(view: ArticleView): ArticleVersion | undefined {
  const by = (number: number) => view.versions.find((v) => v.number === number)
  return by(view.line.open_version) ?? by(view.line.version) ?? view.versions.find((v) => v.state === 'approved') ?? view.versions[0]
}

// A draft of this browser, for what is not on the server yet.
export interface KeptArticle {
  /** the server's words when writing began */
  was: ArticleContent
  content: ArticleContent
  matter: string
  at: number
}
const isText = (x: unknown): x is string => typeof x === 'string'
const isTexts = (x: unknown): x is string[] => Array.isArray(x) && x.every(isText)
function isContent(x: unknown): x is ArticleContent {
  const c = x as ArticleContent | null
  return !!c && isText(c.title) && isText(c.statement) && !!c.texts && audiences.every((a) => isText(c.texts[a])) && lists.every((name) => isTexts(c[name]))
    && isText(c.transfer) && isText(c.source) && typeof c.owner_id === 'number' && [c.valid_until, c.review_by].every((at) => at === null || isText(at))
}
export function readKept(text: string | undefined): KeptArticle | undefined {
  try {
    const found = JSON.parse(text ?? 'null') as KeptArticle | null
    return found && isContent(found.content) && isContent(found.was) && isText(found.matter) && typeof found.at === 'number' ? found : undefined
  } catch {
    return undefined
  }
}

/** The colour of a state; its word stands beside it. */
export const toneOf = (state: ArticleState): string => ({ new: '', said: 'idle', scheduled: 'talk', expired: 'warn', retired: '' })[state] ?? ''

/** Lines of a paste, without what a text of an office program puts before each: bullets, "1.", "（1）". */
export const rowsPasted = (text: string): string[] =>
  text.split(/\r?\n/).map((line) => line.trim().replace(/^(?:[•·●▪◦]|[*-](?=\s)|[(（]?\d{1,2}(?:[、)）]|\.(?!\d)))\s*/u, '').trim()).filter(Boolean)
