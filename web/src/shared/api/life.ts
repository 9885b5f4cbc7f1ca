// SPDX-License-Identifier: Apache-2.0
// To get one thing done: questions, the personal list made of the answers, and lists that are kept.
import type { Page } from './contract'
import { ask, type Query } from './http'

export interface LifeEvent {
  code: string
  title: string
  questions: number
}
export interface LifeChoice {
  code: string
  title: string
}
export interface LifeService {
  code: string
  title: string
  /** what one has afterwards */
  output: string
  where: string
  cost: string
  period: string
  queue: string
  matter: string
  /** 0: nothing is written about it */
  article_id: number
  version: number
  source: string
}
export interface LifeMaterial {
  code: string
  title: string
  count: string
  purpose: string
  /** the service one has it from on the way; "" it is brought */
  given_by: string
  is_ready: boolean
}
export interface LifePlace {
  code: string
  title: string
  address: string
  hours: string
}
/** The next question, or, without one, the whole list. */
export interface LifeTurn {
  event: string
  title: string
  says: string
  question: string
  choices: LifeChoice[]
  asked: { code: string; title: string; choice: string; choice_title: string }[]
  services: LifeService[]
  materials: LifeMaterial[]
  places: LifePlace[]
  cost: string
  missing: number
  as_of: string
  telephone: string
}
export type LifeAnswers = Record<string, string>
export interface LifeForm {
  answers: LifeAnswers
  ready: string[]
}
export interface ListFile {
  id: number
  name: string
  bytes: number
  width: number
  height: number
  kept_at?: string | null
}
/** As its citizen sees it. */
export interface CitizenList {
  list: LifeTurn
  files: ListFile[]
  made_at: string
  is_from_desk: boolean
}
/** For who has the citizen on the line. */
export interface LifeGuide {
  questions: { code: string; ask: string; choices: LifeChoice[]; answer: string }[]
  say: string[]
  sources: { service: string; matter: string; article_id: number; version: number }[]
  turn: LifeTurn
}
export interface Checklist {
  id: number
  case_id: number
  number: string
  is_from_citizen: boolean
  made_at: string
  sent_at?: string | null
  opened_at?: string | null
  pins: string
  list: LifeTurn
  files: ListFile[]
  messages: { state: string; why: string; text: string; changed_at: string }[]
}

const guest = { isSignIn: true }
const withPass = (pass: string) => ({ ...guest, headers: { 'x-list-pass': pass } })

export const lifeApi = {
  events: () => ask<Page<LifeEvent>>('/citizen/life-events', guest).then((page) => page.items),
  step: (event: string, body: LifeForm) => ask<LifeTurn>(`/citizen/life-events/${encodeURIComponent(event)}`, { ...guest, method: 'POST', body }),
  keep: (body: LifeForm & { event: string; number: string }) => ask<{ pass: string; expires_at: string }>('/citizen/checklists', { ...guest, method: 'POST', body }),
  open: (pass: string) => ask<CitizenList>('/citizen/checklist', withPass(pass)),
  tick: (pass: string, ready: string[]) => ask<CitizenList>('/citizen/checklist', { ...withPass(pass), method: 'PUT', body: { ready } }),
  putAway: (pass: string) => ask<void>('/citizen/checklist', { ...withPass(pass), method: 'DELETE' }),

  guide: (event: string, body: LifeForm) => ask<LifeGuide>(`/life-events/${encodeURIComponent(event)}/guide`, { method: 'POST', body }),
  listsOf: (query: Query) => ask<Page<Checklist>>('/checklists', { query }).then((page) => page.items),
  keepFor: (body: LifeForm & { event: string; number: string; case_id: number }) => ask<Checklist>('/checklists', { method: 'POST', body }),
  tickFor: (id: number, ready: string[]) => ask<Checklist>(`/checklists/${id}`, { method: 'PUT', body: { ready } }),
  send: (id: number) => ask<Checklist>(`/checklists/${id}/send`, { method: 'POST', body: {} }),
  putAwayFor: (id: number) => ask<void>(`/checklists/${id}`, { method: 'DELETE' }),
  photo: (list: number, file: number) => `/api/v1/checklists/${list}/files/${file}/file`,
  thumbnail: (list: number, file: number) => `/api/v1/checklists/${list}/files/${file}/thumbnail`,
}
