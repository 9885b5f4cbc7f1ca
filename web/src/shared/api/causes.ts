// SPDX-License-Identifier: Apache-2.0
// Causes of contacts, and the defects and suggestions they are joined into, as the server has them.
import type { Page } from './contract'
import { ask, download } from './http'

export interface Cause {
  code: string
  title: string
  title_en: string
  kind: 'defect' | 'suggestion'
  /** one character: names it at wrap-up */
  key: string
  asks: '' | 'route' | 'place'
  is_offered: boolean
}
export interface NamedCause { cause: string; route: string; place: string; at?: string | null }
/** What a contact must have to be one of these; '' is any. */
export interface CauseMatch { cause: string; type: string; place: string; route: string }

export type DefectState = 'open' | 'owned' | 'scheduled' | 'done' | 'closed' | 'reopened' | 'dropped'
export type DefectVerb = 'own' | 'schedule' | 'finish' | 'close' | 'reopen' | 'drop'
export interface Defect {
  id: number
  kind: 'defect' | 'suggestion'
  title: string
  state: DefectState
  owner: string
  partner: string
  /** a day, '' while nobody said */
  due_on: string
  done_at?: string | null
  made_by_name: string
  made_at: string
  version: number
  before_from: string
  before_to: string
  before: number
  since_from?: string | null
  since_to?: string | null
  /** none while no full week has passed since the repair */
  since?: number | null
  ready_at: string
  /** the last week must have fewer, to close it */
  fewer_than: number
  /** '' when it may be closed */
  held_open: string
  may: DefectVerb[]
  matches: CauseMatch[]
}
export interface DefectEvent { at: string; by: string; is_partner: boolean; verb: DefectVerb | 'make'; state: DefectState; owner: string; due_on: string; words: string }
export interface DefectDetail { defect: Defect; weeks: number[]; events: DefectEvent[] }

export interface CauseGroup {
  cause: string
  cause_title: string
  cause_title_en: string
  kind: 'defect' | 'suggestion' | ''
  value: string
  value_title: string
  before: number
  since: number
  /** the live defect it belongs to, 0 for none */
  defect_id: number
}
export interface Board { before_from: string; since_from: string; since_to: string; partners: string[]; groups: CauseGroup[]; defects: Defect[] }
export type GroupedBy = 'cause' | 'type' | 'place' | 'route'
export interface BoardAsked { kind?: string; by?: GroupedBy; cause?: string; ended?: string }

export interface DefectAct { verb: DefectVerb; owner?: string; partner?: string; due_on?: string; words?: string; version: number }

/** A call, or a case. */
export interface Contact { kind: 'calls' | 'cases'; id: number }

export const causes = {
  list: () => ask<Page<Cause>>('/causes'),
  of: (contact: Contact) => ask<NamedCause>(`/${contact.kind}/${contact.id}/cause`),
  name: (contact: Contact, body: { cause: string; route: string; place: string }) => ask<NamedCause>(`/${contact.kind}/${contact.id}/cause`, { method: 'PUT', body }),
  board: (query: BoardAsked) => ask<Board>('/defect-board', { query: { ...query } }),
  join: (title: string, matches: CauseMatch[]) => ask<Defect>('/defects', { method: 'POST', body: { title, matches } }),
  one: (id: number) => ask<DefectDetail>(`/defects/${id}`),
  takeAway: (reason: string) => download('/defects/export', { method: 'POST', body: { reason } }, 'defects.xlsx'),
  act: (id: number, body: DefectAct) => ask<Defect>(`/defects/${id}/acts`, { method: 'POST', body }),
}
