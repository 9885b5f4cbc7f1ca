// SPDX-License-Identifier: Apache-2.0
// Surveys: why nobody is asked by link, what became of each, and the figures by the way it was asked.
import { ask } from './http'

export interface SurveyLine {
  id: number
  about: 'call' | 'case'
  interaction_id?: number | null
  case_id?: number | null
  agent_id?: number | null
  ended_at: string
  state: 'waiting' | 'dropped' | 'made' | 'asked' | 'answered'
  why: string
  channel: '' | 'sms' | 'mail'
  asked_at?: string | null
  answered_at?: string | null
  solved: '' | 'yes' | 'no'
  score: number
  words: string
  task_id?: number | null
}
export interface Surveys {
  off: '' | 'switched_off' | 'no_gateway' | 'no_address' | 'no_template'
  not_in: string[]
  after_s: number
  every_days: number
  valid_days: number
  items: SurveyLine[]
}
/** Satisfaction by the way it was asked; of an agent when `agent` is not 0. */
export interface SurveyFigures {
  centre: number
  agent: number
  about: 'call' | 'case'
  channel: 'keys' | 'sms' | 'mail' | 'all'
  asked: number
  answered: number
  solved_yes: number
  solved_no: number
  satisfied: number
  response_rate: number | null
  score_mean: number | null
  satisfied_rate: number | null
  solved_rate: number | null
}
export const surveysApi = { look: () => ask<Surveys>('/surveys') }
