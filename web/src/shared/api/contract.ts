// SPDX-License-Identifier: Apache-2.0
// What the server says, spelled as in C++ and SQL. Times are RFC 3339 UTC, ids are numbers.

import type { CasePerson } from './case_people'
import type { ChatDeskMessage } from './chat'

export type AgentState = 'LoggedOut' | 'Ready' | 'Alerted' | 'Busy' | 'WrapUp' | 'Break'
export type CallState =
  | '' | 'ringing' | 'answering' | 'talking' | 'held' | 'consulting' | 'conference' | 'dialling' | 'monitoring'
export type SeatKind = 'browser' | 'sip_phone' | 'outside_number'
export type Role = 'agent' | 'supervisor' | 'quality' | 'knowledge' | 'admin' | 'handler' | 'crew' | 'disclosure'

export interface User {
  id: number
  login: string
  name: string
  work_number: string
  roles: Role[]
  centre_id: number
  centre_name: string
  seat_kind: SeatKind
  seat_address: string
}
export interface Session {
  user: User
  csrf: string
  server_time: string
  version: string
  hotline: string
}
export interface Party {
  leg: number
  role: string
  name: string
  state: string
}
export interface DeskView {
  state: AgentState
  reason: string
  since: string
  next_state: string
  wrap_up_until?: string | null
  interaction?: number | null
  call_state: CallState
  direction: string
  caller: string
  display_name: string
  customer_id?: number | null
  case_id?: number | null
  queue?: number | null
  /** where the caller belongs, as people read it; "" when not known */
  place?: string
  /** why this agent, in Chinese and in English */
  why: string
  why_en: string
  path: string[]
  arrived_at?: string | null
  ringing_until?: string | null
  connected_at?: string | null
  waited_ms: number
  own_leg?: number | null
  is_recorded: boolean
  is_secure: boolean
  /** a long talk is right: no clock is shown */
  is_unhurried?: boolean
  parties: Party[]
  monitored_by: string
}
export interface Person {
  id: number
  name: string
  work_number: string
  state: AgentState
  queues: number[]
  pinyin?: string
}
export interface QueueRow {
  id: number
  name: string
  title: string
  waiting: number
  ready: number
  longest_since?: string | null
}
export interface Customer {
  id: number
  name: string
  address: string
  account_number: string
  tags: string[]
  note: string
  numbers: string[]
  created_at: string
  /** of their car */
  plate: string
}
export interface TimelineItem {
  kind: 'call' | 'case'
  at: string
  id: number
  title: string
  detail: string
  agent_name: string
  recording?: number | null
  direction?: string
  cause?: string
  talked_ms?: number
}
export interface Case {
  id: number
  number: string
  interaction_id?: number | null
  customer_id?: number | null
  kind: string
  /** what its type was called when it was saved */
  kind_title: string
  title: string
  detail: string
  contact_name: string
  contact_number: string
  address: string
  urgency: string
  has_elder: boolean
  wishes_callback: boolean
  is_confidential?: boolean
  status: string
  created_at: string
  created_by: number
  created_by_name: string
  promise: string
  version?: number
  /** found by the number of one of its people: as what, and how they agreed */
  found_as?: string
  found_consent?: string
}
export interface CaseUnit { id: number; name: string }
export interface CaseClock {
  name: string
  started_at: string
  deadline?: string | null
  stopped_at?: string | null
  allowed_s: number
  used_s: number
  left_s: number
  is_running: boolean
  is_paused: boolean
  is_broken: boolean
}
export interface CaseEvent {
  number: number
  kind: string
  verb: string
  at: string
  user_name: string
  role: string
  by_unit: CaseUnit
  from: string
  to: string
  unit: CaseUnit
  responsible: CaseUnit
  clock: string
  level: number
  why: string
}
/** Where a case stands, and what this user may do to it now. */
export interface CaseProgress {
  id: number
  number: string
  version: number
  state: string
  until?: string | null
  is_late: boolean
  is_final: boolean
  is_confidential: boolean
  round: number
  supervised: number
  responsible: CaseUnit
  first_receiver: CaseUnit
  demands: { number: number; text: string; answer: string }[]
  parts: { unit: CaseUnit; task: string; reply: string; is_open: boolean; is_released: boolean }[]
  reply?: { unit: CaseUnit; by_name: string; at: string; reviewed_by_name: string } | null
  attempts: { at: string; by_name: string; channel: string; outcome: string }[]
  confirmation?: { solved: boolean; satisfied?: boolean | null; words: string; at: string } | null
  clocks: CaseClock[]
  /** cases that are the same */
  duplicates: { id: number; number: string }[]
  may: string[]
  proposal: { unit: CaseUnit; reasons: { code: string; names: string[] }[]; alternatives: CaseUnit[] }
  history: CaseEvent[]
}
export interface ClockAccount {
  clock: string
  deadline?: string | null
  lines: { from: string; until: string; length_s: number; counts: boolean; because: string; note: string }[]
}
export interface CaseUnits {
  items: { id: number; name: string; superior_id: number; is_fallback: boolean; my_roles: string[] }[]
  approvers: { id: number; name: string }[]
}
/** Named filters of the case list, as in its address. */
export interface CaseView { id: number; name: string; query: string }
export interface CaseAct {
  version: number
  verb: string
  unit?: number
  why?: string
  text?: string
  legal_basis?: string
  channel?: string
  outcome?: string
  by?: string
  answers?: Record<string, string>
  solved?: boolean
  satisfied?: boolean
  until?: string
  approver?: number
  other?: number
}
export type CaseInput = Omit<Case, 'id' | 'kind_title' | 'created_at' | 'created_by' | 'created_by_name' | 'promise' | 'version' | 'found_as' | 'found_consent'> & {
  people?: Pick<CasePerson, 'part' | 'name' | 'phone' | 'relation' | 'consent'>[]
  type_version?: number
  class_code?: string
  answers?: Record<string, string>
}
export interface CallRecordingRef {
  id: number
  purpose: string
  length_ms: number
  outcome: string
}
export interface Call {
  id: number
  direction: string
  caller: string
  dialled: string
  display_name: string
  customer_id?: number | null
  customer_name: string
  queue_id?: number | null
  queue_title: string
  agent_id?: number | null
  agent_name: string
  arrived_at: string
  answered_at?: string | null
  connected_at?: string | null
  ended_at?: string | null
  cause: string
  who: string
  waited_ms: number
  talked_ms: number
  held_ms: number
  score?: number | null
  disposition: string
  hops: number
  recordings: CallRecordingRef[]
  case_numbers: string[]
}
/** A citizen who was not served and is to be called back. The number is masked until one takes the call. */
export interface BarredCaller {
  id: number
  number: string
  reason: string
  state: 'asked' | 'in_force' | 'ended' | 'lifted'
  until_at: string
  asked_by: number
  asked_by_name: string
  asked_at: string
  confirmed_by_name: string
  confirmed_at?: string | null
  lifted_by_name: string
  lifted_at?: string | null
}
export interface LostCall {
  id: number
  number: string
  queue_title: string
  cause: string
  arrived_at: string
  waited_ms: number
  attempts: number
  tried_at?: string | null
  taken_by?: number | null
  taken_by_name: string
  taken_at?: string | null
  outcome: string
  closed_at?: string | null
}
export interface FactRow {
  at: string
  kind: string
  agent_id?: number | null
  agent_name: string
  body: Record<string, unknown>
}
export interface Recording {
  id: number
  interaction_id: number
  purpose: string
  length_ms: number
  outcome: string
  format: string
  peaks: { per_second: number; left: number[]; right: number[] }
  marks: { span: string; from_ms: number; to_ms: number }[]
}
/** Figures by name; rates are 0 to 1, null when there is nothing to divide by. */
export type CallFigures = Record<string, number | null>
export interface Formula {
  figure: string
  zh: string
  en: string
  window: string
}
export interface Kpi {
  from: string
  to: string
  counted_until: string
  centres: { centre: number; calls: CallFigures }[]
  queues: { queue: number; centre: number; calls: CallFigures }[]
  agents: ({ agent: number; centre: number } & CallFigures)[]
  call_formulas: Formula[]
  agent_formulas: Formula[]
  cases: CaseReport
  case_formulas: Formula[]
  surveys: { centres: import('./surveys').SurveyFigures[]; agents: import('./surveys').SurveyFigures[] }
  survey_formulas: Formula[]
}
export interface CaseRate {
  figure: string
  measure: 'share' | 'per_million' | 'mean_ms'
  numerator: number
  denominator: number
  apart: number
  value: number | null
}
/** Of a centre; of a unit or an agent when that is not 0. */
export interface CaseFigureRow { centre: number; unit: number; agent: number; cases: number; figures: CaseRate[] }
export interface CaseReport {
  from: string
  to: string
  counted_until: string
  centres: CaseFigureRow[]
  units: CaseFigureRow[]
  agents: CaseFigureRow[]
}
export interface CountedCase {
  case_id: number
  number: string
  kind: string
  unit: number
  agent: number
  filed_at: string
  counted: 'yes' | 'no' | 'apart'
  why_zh: string
  why_en: string
}
export interface AuditRow {
  at: string
  kind: string
  agent_name?: string
  user_name?: string
  body?: Record<string, unknown>
  [more: string]: unknown
}
export interface FloorCentre {
  id: number
  name: string
}
/** An announcement to the callers of some addresses; in force once a second person has confirmed. */
export interface Emergency {
  id: number
  centre: number
  /** what is said, a prompt's name */
  kind: string
  /** parts of addresses; none: every caller */
  areas: string[]
  until: string
  asked_by: number
  asked_by_name: string
  /** 0: not in force */
  confirmed_by: number
  confirmed_by_name: string
}
/** Voice lines of the trunks; 0 channels: nobody counts them. */
export interface FloorLines {
  taken: number
  channels: number
  /** calls since the start that found every line busy */
  refused: number
}
export interface FloorSeat {
  agent: number
  centre?: number
  name: string
  work_number: string
  state: AgentState
  reason: string
  since: string
  caller: string
  call_state: CallState
  interaction?: number | null
  queue?: number | null
  /** why they have this call, in Chinese and in English; "" when nobody chose them for it */
  why?: string
  why_en?: string
  /** of a queue where a long talk is right */
  is_unhurried?: boolean
}
export interface FloorQueue {
  id: number
  centre?: number
  title: string
  waiting: number
  longest_since?: string | null
  ready: number
  answered: number
  offered: number
  within_15s: number
  abandoned: number
  waits_told: number
  waits_hit: number
  /** others help, after so many seconds; below 0 never, null only when it is full */
  overflow?: { after_s: number | null }
}
export interface FloorWaiting {
  interaction: number
  centre?: number
  queue: number
  caller: string
  tags: string[]
  since: string
  position: number
}
export interface Floor {
  at: string
  seats: FloorSeat[]
  queues: FloorQueue[]
  waiting: FloorWaiting[]
  today: CallFigures
  /** one's own first; more than one at a head */
  centres?: FloorCentre[]
  lines?: FloorLines
  emergencies?: Emergency[]
}
export interface Page<T> {
  items: T[]
  next?: string
}
export interface Target {
  kind: 'agent' | 'queue' | 'number'
  agent?: number
  queue?: number
  number?: string
}
export interface LineQuality {
  loss: number
  jitter_ms: number
  mos: number
}

/** Server -> browser over the desk WebSocket. */
export type DeskMessage =
  | { type: 'hello'; at: string; desk: DeskView | null; session?: unknown }
  | { type: 'desk'; at: string; desk: DeskView | null }
  | { type: 'done'; id: number; at?: string; items?: unknown }
  | { type: 'refused'; id: number; code: string; text?: string; at?: string }
  | { type: 'rtc_wanted'; interaction: number; at?: string }
  | { type: 'rtc'; interaction: number; sdp: string; at?: string }
  | { type: 'rtc_closed'; interaction: number; at?: string }
  | ({ type: 'quality'; at?: string } & LineQuality)
  | ({ type: 'floor' } & Floor)
  | { type: 'notice'; code: string; text?: string; at?: string }
  | ChatDeskMessage
  | { type: 'pong'; at: string }

export interface ExchangePartner {
  name: string
  may_ask: boolean
  has_hook: boolean
  takes_cases: boolean
}

export interface Delivery {
  id: number
  partner: string
  kind: 'event' | 'file'
  state: 'waiting' | 'delivered' | 'given_up' | 'dropped'
  case_id: number
  case_number: string
  tries: number
  last_status: number
  made_at: string
  next_at: string | null
  note: string
}

export interface DeliveryPage extends Page<Delivery> {
  partners: ExchangePartner[]
}
