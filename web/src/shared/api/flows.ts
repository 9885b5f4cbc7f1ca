// SPDX-License-Identifier: Apache-2.0
// Flows of the hotline's numbers: versions, the proof, a caller to try them with, and where callers went.
import { ask, type Query } from './http'

export interface FlowLine {
  name: string
  centre_id: number
  centre_name: string
  numbers: string[]
  /** version; 0 for none */
  in_force: number
  in_force_since?: string | null
  draft: number
  scheduled: number
  scheduled_at?: string | null
  changed_at: string
  may_change: boolean
}
export type FlowState = 'draft' | 'scheduled' | 'in_force' | 'past' | 'dropped'
export interface FlowVersion {
  number: number
  state: FlowState
  /** 0: it came with the hotline */
  based_on: number
  /** "": it came with the hotline */
  written_by: string
  written_at: string
  why: string
  published_by: string
  publish_why: string
  /** its minute, when one was set */
  from?: string | null
  in_force_at?: string | null
  until?: string | null
  /** why it did not come into force when its minute came */
  refused: string
}
export interface FlowView {
  line: FlowLine
  /** newest first */
  versions: FlowVersion[]
}
export interface FlowFault {
  code: string
  /** "": the whole flow */
  node: string
  /** in the text; 0: the whole flow */
  line: number
  sentence: string
}
export interface FlowChecked {
  text: string
  faults: FlowFault[]
  /** a node that is missing reaches nobody */
  keys_to_person: { node: string; keys: number }[]
}
export interface FlowVersionView {
  line: FlowLine
  version: FlowVersion
  checked: FlowChecked
}
/** What a flow may name. */
export interface FlowWords {
  queues: { name: string; title: string }[]
  skills: { name: string; title: string }[]
  prompts: { name: string; text: string }[]
  tags: string[]
}
export interface LineChange {
  kind: 'removed' | 'added'
  text: string
}
export interface NodeChange {
  kind: 'added' | 'removed' | 'changed'
  node: string
  line_before: number
  line_after: number
  lines: LineChange[]
}
export interface FlowDifference {
  from: number
  to: number
  head: LineChange[]
  nodes: NodeChange[]
}
/** Whose call is played, and when. */
export interface PlayedCaller {
  number: string
  withheld: boolean
  tags: string[]
}
export type PlayedEvent =
  | { kind: 'prompts_ended' | 'wait_over' }
  | { kind: 'key'; key: string }
  | { kind: 'case_told'; found: boolean; now: string }
  | { kind: 'live_told' | 'answer_told' | 'guesses_told'; found: boolean }
export interface PlayedStep {
  /** which event led to it; -1 the beginning */
  event: number
  kind: 'enter' | 'keys' | 'say' | 'stop' | 'wait' | 'secure' | 'territory' | 'look_up' | 'no_guesses' | 'queue' | 'voicemail' | 'finish'
  node: string
  prompts: { name: string; text: string }[]
  interruptible: boolean
  wait_s: number
  text: string
}
export interface PlayedCall {
  steps: PlayedStep[]
  node: string
  waits_for: 'prompts' | 'key' | 'case' | 'live' | 'answer' | 'nothing'
  wait_s: number
  over: boolean
  outcome: '' | 'queue' | 'voicemail' | 'hang_up'
  queue: string
  /** that lead somewhere from here */
  keys: string[]
}
export interface FlowHeat {
  day: string
  calls: number
  versions: number[]
  /** callers: different calls; left: who hung up there */
  nodes: { node: string; callers: number; times: number; left: number }[]
  ways: { from: string; to: string; callers: number }[]
  keys: { node: string; key: string; callers: number }[]
}
export type FlowVerb = 'publish' | 'drop' | 'withdraw' | 'roll_back'
export interface FlowAct {
  verb: FlowVerb
  version: number
  /** null: at once */
  at?: string | null
  why: string
}

const at = (name: string) => `/flows/${encodeURIComponent(name)}`

export const flowsApi = {
  all: () => ask<{ items: FlowLine[] }>('/flows').then((page) => page.items),
  of: (name: string) => ask<FlowView>(at(name)),
  version: (name: string, number: number) => ask<FlowVersionView>(`${at(name)}/versions/${number}`),
  words: (name: string) => ask<FlowWords>(`${at(name)}/words`),
  check: (name: string, text: string) => ask<FlowChecked>('/flows/check', { method: 'POST', body: { text, name } }),
  save: (name: string, body: { text: string; based_on: number; why: string }) => ask<FlowVersionView>(`${at(name)}/versions`, { method: 'POST', body }),
  act: (name: string, body: FlowAct) => ask<FlowView>(`${at(name)}/acts`, { method: 'POST', body }),
  difference: (name: string, from: number, to: number) => ask<FlowDifference>(`${at(name)}/difference`, { query: { from, to } }),
  play: (body: { text: string; name: string; caller: PlayedCaller; at: string; events: PlayedEvent[] }) => ask<PlayedCall>('/flows/simulate', { method: 'POST', body }),
  heat: (name: string, query: Query) => ask<FlowHeat>(`${at(name)}/heat`, { query }),
}
