// SPDX-License-Identifier: Apache-2.0
// Many cases that are one event, as the server has them.
import type { Page } from './contract'
import { ask } from './http'

export interface Incident {
  id: number
  centre_id: number
  state: 'proposed' | 'open' | 'closed' | 'dismissed' | 'lapsed'
  title: string
  category: string
  /** steps with "/" between */
  place: string
  since: string
  last_at: string
  people: number
  cases: number
  /** cases whose people have their closing */
  told: number
  parent_id: number
  parent_number: string
  areas: string[]
  /** a prompt's name, "" for nothing */
  says: string
  until?: string | null
  announced: '' | 'wanted' | 'in_force' | 'refused' | 'ended'
  opened_by_name: string
  opened_at?: string | null
  ended_by_name: string
  ended_at?: string | null
  words: string
}
export interface IncidentMember { id: number; number: string; title: string; address: string; place: string; at: string; told: string }
export interface IncidentDetail { incident: Incident; members: IncidentMember[] }

export const incidents = {
  list: (state: string) => ask<Page<Incident>>('/incidents', { query: { state } }),
  one: (id: number) => ask<IncidentDetail>(`/incidents/${id}`),
  ofCase: (id: number) => ask<Incident | undefined>(`/cases/${id}/incident`),
  open: (id: number, body: { areas: string[]; announce: boolean; until?: string }) => ask<Incident>(`/incidents/${id}/open`, { method: 'POST', body }),
  dismiss: (id: number, words: string) => ask<Incident>(`/incidents/${id}/dismiss`, { method: 'POST', body: { words } }),
  close: (id: number, words: string) => ask<Incident>(`/incidents/${id}/close`, { method: 'POST', body: { words } }),
}
