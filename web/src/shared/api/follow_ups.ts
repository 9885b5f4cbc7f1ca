// SPDX-License-Identifier: Apache-2.0
// 回访: whose case is answered or closed and who was not asked yet.
import type { Page } from './contract'
import { ask } from './http'

export interface FollowUp {
  id: number
  number: string
  title: string
  kind: string
  state: 'reviewed' | 'awaiting_confirmation' | 'closed'
  name: string
  phone: string
  /** for whom it is, masked; "" for the one who rang */
  subject?: string
  since: string
  due_at?: string | null
  is_late: boolean
  attempts: number
  tried_at?: string | null
  taken_by?: number | null
  taken_by_name: string
  taken_at?: string | null
  may_close: boolean
}
/** Without `solved`: they were not reached. */
export interface FollowUpAnswer {
  solved?: boolean
  satisfied?: boolean
  words?: string
  gives_up?: boolean
}

export const followUpsApi = {
  list: () => ask<Page<FollowUp>>('/follow-ups'),
  take: (id: number) => ask<FollowUp>(`/follow-ups/${id}/take`, { method: 'POST', body: {} }),
  answer: (id: number, body: FollowUpAnswer) => ask<void>(`/follow-ups/${id}/answer`, { method: 'POST', body }),
}
