// SPDX-License-Identifier: Apache-2.0
// What the hotline says: articles with their versions, matters with the ways people ask for them,
// and what an agent is shown for a question.
import type { Page } from './contract'
import { ask, download, type Query } from './http'

/** To whom a text speaks. */
export const audiences = ['agent', 'citizen', 'voice'] as const
export type Audience = (typeof audiences)[number]

export interface ArticleContent {
  title: string
  /** the sentence that everybody says */
  statement: string
  texts: Record<Audience, string>
  materials: string[]
  steps: string[]
  /** none: everywhere */
  regions: string[]
  /** a telephone number, or "" */
  transfer: string
  source: string
  valid_until?: string | null
  review_by?: string | null
  owner_id: number
}
export type ArticleState = 'new' | 'said' | 'scheduled' | 'expired' | 'retired'
export interface ArticleLine {
  id: number
  centre_id: number
  matter: string
  matter_title: string
  title: string
  statement: string
  state: ArticleState
  /** what is said now; 0 nothing */
  version: number
  /** being written or read; 0 none */
  open_version: number
  open_state: '' | 'draft' | 'in_review'
  changed_at: string
  valid_until?: string | null
  is_review_due: boolean
}
export interface ArticleVersion {
  number: number
  state: 'draft' | 'in_review' | 'approved' | 'dropped'
  content: ArticleContent
  writers: string[]
  approved_by: string
  brought_back_by: string
  from?: string | null
  words: string
}
/** From here on this version is said; 0: nothing. */
export interface ArticleTurn {
  from: string
  number: number
  by: string
  why: string
}
export const articleVerbs = ['write', 'submit', 'send_back', 'approve', 'drop', 'roll_back', 'retire', 'keep'] as const
export type ArticleVerb = (typeof articleVerbs)[number]
export interface ArticleView {
  line: ArticleLine
  /** newest first */
  versions: ArticleVersion[]
  turns: ArticleTurn[]
  can: ArticleVerb[]
}
export interface ArticleAct {
  verb: ArticleVerb
  content?: ArticleContent
  number?: number
  /** null: at once */
  from?: string | null
  why?: string
}
export interface Matter {
  code: string
  title: string
  scope: string
  is_safety: boolean
  askings: number
  articles: number
}
/** One way of asking for a matter; added by "" when it came with the hotline. */
export interface Asking {
  id: number
  text: string
  added_by: string
  added_at?: string | null
}
/** Of an article that is said now, for the agent's eyes. */
export interface FoundAnswer {
  article_id: number
  version: number
  matter: string
  title: string
  statement: string
  text: string
  materials: string[]
  steps: string[]
  regions: string[]
  transfer: string
  source: string
  valid_until?: string | null
  citizen_text: string
}
export type Certainty = 'sure' | 'confirm' | 'choose' | 'unknown' | 'learning'
export interface Understood {
  certainty: Certainty
  choices: { matter: string; title: string; is_safety: boolean }[]
  found: FoundAnswer[]
}

/** Questions nobody could answer, put together. */
export interface Gap {
  /** the one that speaks for the others */
  text: string
  /** understood, and without an article; "" when not understood */
  matter: string
  asked: number
  first_at: string
  last_at: string
  samples: string[]
}
/** A way of asking that was taught, and what came of it; in questions like it. */
export interface Lesson {
  text: string
  matter: string
  taught_at: string
  /** left to people in the week before, and in the last week */
  left_before: number
  left_after: number
  /** answered in the last week: calls avoided */
  answered_after: number
}
/** Something of a file that was not understood. */
export interface ImportNote {
  /** "C5", "12"; "" the whole file */
  place: string
  code: string
  said: string
}
export interface ImportedArticle {
  place: string
  /** "": not said, or not one of ours */
  matter: string
  matter_said: string
  content: ArticleContent
  /** an article under the same title; 0 none */
  twin: number
  twin_matter: string
  /** the twin says all of this already */
  is_same: boolean
  is_repeated: boolean
  notes: ImportNote[]
}
export interface ImportReport {
  form: 'docx' | 'xlsx' | 'csv'
  encoding: string
  items: ImportedArticle[]
  notes: ImportNote[]
}
export interface ImportDraft {
  matter: string
  content: ArticleContent
  is_wanted_twice: boolean
}
/** skipped: places among the items of those that were there */
export interface ImportDrafts {
  made: number[]
  skipped: number[]
}
export interface PastedBlock {
  kind: 'heading' | 'paragraph' | 'item' | 'row'
  text: string
}

/** Of an article that expires soon, has expired, or is to be looked at again. */
export interface Reminder {
  article_id: number
  version: number
  title: string
  matter_title: string
  kind: 'expires' | 'expired' | 'review'
  at: string
  owner_id: number
  /** "": nobody, or one who is no more */
  owner: string
  is_mine: boolean
  /** the next version is being written; 0 is not */
  open_version: number
  seen_at?: string | null
  seen_by: string
}

/** In place of a matter: none of the hotline's business. */
export const nobodysMatter = 'none'

const at = (id: number) => `/articles/${id}`
const askingsOf = (matter: string) => `/matters/${encodeURIComponent(matter)}/askings`

export const knowledgeApi = {
  articles: (query: Query) => ask<Page<ArticleLine>>('/articles', { query }),
  article: (id: number) => ask<ArticleView>(at(id)),
  add: (matter: string, content: ArticleContent) => ask<ArticleView>('/articles', { method: 'POST', body: { matter, content } }),
  act: (id: number, body: ArticleAct) => ask<ArticleView>(`${at(id)}/acts`, { method: 'POST', body }),
  matters: () => ask<Page<Matter>>('/matters').then((page) => page.items),
  askings: (matter: string) => ask<Page<Asking>>(askingsOf(matter)).then((page) => page.items),
  addAsking: (matter: string, text: string) => ask<Asking>(askingsOf(matter), { method: 'POST', body: { text } }),
  dropAsking: (id: number) => ask<void>(`/askings/${id}`, { method: 'DELETE' }),
  gaps: () => ask<Page<Gap>>('/knowledge-gaps').then((page) => page.items),
  lessons: () => ask<Page<Lesson>>('/knowledge-gaps/lessons').then((page) => page.items),
  readFile: (bytes: Blob) => ask<ImportReport>('/article-imports', { method: 'POST', bytes }),
  makeDrafts: (items: ImportDraft[]) => ask<ImportDrafts>('/article-imports/drafts', { method: 'POST', body: { items } }),
  example: (form: 'xlsx' | 'csv') => download('/article-imports/example', { query: { form } }, `articles.${form}`),
  pasted: (html: string) => ask<{ blocks: PastedBlock[]; left_out: string[] }>('/article-pastes', { method: 'POST', body: { html } }),
  reminders: () => ask<Page<Reminder>>('/article-reminders').then((page) => page.items),
  reminderSeen: ({ article_id, version, kind }: Reminder) => ask<void>('/article-reminders/seen', { method: 'POST', body: { article_id, version, kind } }),
  answers: (q: string) => ask<Understood>('/answers', { query: { q } }),
}
