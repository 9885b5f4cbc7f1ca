// SPDX-License-Identifier: Apache-2.0
// The rules of a centre and the state's special days, as the server has them.
import type { Page } from './contract'
import { ask } from './http'

export interface RuleSkill { id: number; name: string; title: string }
export interface RuleRing { after_s: number; level_min: number; also: number }
export interface RuleQueue {
  id: number
  name: string
  title: string
  answer_within_s: number
  waiting_max: number
  priority: number
  strategy: string
  skill: string
  needs: string[]
  overflow: number
  prefer_for_s: number
  callback_after_s: number
  voicemail_after_s: number
  rings: RuleRing[]
  /** s; below 0: helpers never; null: as the rings say */
  slid_to_s: number | null
  /** "mon-fri 08:30-18:00;sat 09:00-12:00"; "" for always */
  hours: string
}
export interface RuleAgent {
  id: number
  work_number: string
  name: string
  queues: { queue: string; weight: number }[]
  skills: { skill: string; level: number }[]
}
export interface CentreRules {
  version: number
  wrap_up_max_s: number
  skills: RuleSkill[]
  queues: RuleQueue[]
  agents: RuleAgent[]
}
export interface RulesView {
  rules: CentreRules
  helpers: { id: number; centre_name: string; title: string }[]
}
export interface CentreRow {
  id: number
  parent_id: number
  name: string
  numbers: { number: string; flow: string }[]
  queues: number
  agents: number
}
export interface Figures { queue: string; calls_per_hour: number; handling_s: number; patience_s: number }
export interface PreviewRow {
  /** name; "" for the whole centre */
  queue: string
  agents: number
  calls: number
  level_low: number | null
  level: number | null
  level_high: number | null
  mean_wait_s: number | null
  abandoned_rate: number | null
  occupancy: number | null
  people_needed: number | null
}
export interface RuleChange { thing: string; name: string; field: string; from: string; to: string }
export interface RulesPreview {
  source: 'journal' | 'figures' | 'none'
  weeks: number
  calls: number
  cannot: string
  changes: RuleChange[]
  rows: PreviewRow[]
  today: PreviewRow[]
}
export interface SpecialDay { day: string; name: string; is_workday: boolean }
export interface SpecialYear { year: number; is_entered: boolean; may_change: boolean; days: SpecialDay[] }

export const rulesApi = {
  centres: () => ask<Page<CentreRow>>('/centres'),
  rename: (centre: number, name: string, reason: string) => ask<void>(`/centres/${centre}`, { method: 'PUT', body: { name, reason } }),
  rules: (centre: number) => ask<RulesView>(`/centres/${centre}/rules`),
  save: (centre: number, rules: CentreRules, reason: string) =>
    ask<RulesView>(`/centres/${centre}/rules`, { method: 'PUT', body: { rules, reason } }),
  preview: (centre: number, rules: CentreRules, figures: Figures[]) =>
    ask<RulesPreview>(`/centres/${centre}/rules/preview`, { method: 'POST', body: { rules, figures } }),
  days: (year: number) => ask<SpecialYear>(`/special-days/${year}`),
  saveDays: (year: number, days: SpecialDay[], reason: string) =>
    ask<SpecialYear>(`/special-days/${year}`, { method: 'PUT', body: { days, reason } }),
}
