// SPDX-License-Identifier: Apache-2.0
// Messages to citizens: what was sent about a case, and who is to be called instead.
import type { Page } from './contract'
import { ask } from './http'

export interface CitizenMessage {
  id: number
  reason: string
  channel: 'sms' | 'mail' | 'call_list'
  state: 'queued' | 'sent' | 'delivered' | 'refused' | 'unknown' | 'stopped'
  why: string
  text: string
  tries: number
  created_at: string
  changed_at: string
  next_at?: string | null
}
export interface CaseMessages {
  /** Set up here; none: the desk tells them. */
  channels: ('sms' | 'mail')[]
  has_stopped: boolean
  mail: string
  items: CitizenMessage[]
}
export interface MessageToCall {
  id: number
  case_id: number
  case_number: string
  reason: string
  why: string
  text: string
  created_at: string
}

export const messagesApi = {
  ofCase: (id: number) => ask<CaseMessages>(`/cases/${id}/messages`),
  keepMail: (id: number, mail: string) => ask<CaseMessages>(`/cases/${id}/mail`, { method: 'PUT', body: { mail } }),
  toCall: () => ask<Page<MessageToCall>>('/messages/to-call'),
  called: (id: number, outcome: 'told' | 'unreachable') =>
    ask<CitizenMessage>(`/messages/${id}/called`, { method: 'POST', body: { outcome } }),
}
