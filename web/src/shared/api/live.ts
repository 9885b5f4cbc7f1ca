// SPDX-License-Identifier: Apache-2.0
// What business systems know right now, as the server gives it; the sentence is the server's own.
import { ask } from '@/shared/api/http'
import type chinese from '@/shared/messages/zh-CN/live.json'

export type Word = keyof typeof chinese
export type Say = (word: Word, values?: Record<string, string | number>) => string

export const kinds = ['Application', 'Appointment', 'Document', 'Hall', 'Stop'] as const
export type Kind = (typeof kinds)[number]
export interface LiveKind {
  kind: Kind
  is_personal: boolean
}
export interface Words {
  zh: string
  en: string
}
export interface Hall {
  name: Words
  people_waiting: number
  counters_open: number
}
export interface LiveAnswer {
  subject: { kind: Kind; number: string }
  source: Words
  as_of: string
  basis: 'Live' | 'Timetable'
  is_known: boolean
  application?: { status: 'InProgress' | 'Refused' | 'Granted'; stages: { name: Words; done_at?: string | null }[] } | null
  appointment?: { hall: Hall } | null
  hall?: Hall | null
  stop?: { departures: { route: string; towards: Words; leaves_at: string }[] } | null
}
export interface Told {
  sentence: string
  is_person_offered: boolean
  as_of?: string | null
  answer?: LiveAnswer | null
  telephone: string
}
export interface LiveQuestion {
  kind: Kind
  number: string
  digits: string
  route: string
}

export const liveApi = {
  kinds: () => ask<{ kinds: LiveKind[]; telephone: string }>('/citizen/live-answers', { isSignIn: true }),
  asCitizen: (body: LiveQuestion) => ask<Told>('/citizen/live-answers', { method: 'POST', body, isSignIn: true }),
  atDesk: (body: LiveQuestion) => ask<Told>('/live-answers', { method: 'POST', body }),
  forCaller: () => ask<{ is_asked: boolean; told?: Told | null }>('/live-answers/caller', { method: 'POST', body: {} }),
}

export type StageState = 'done' | 'here' | 'stopped' | 'later'
/** The bar: everything before the first open stage is done, and that is where it stands or ended. */
export function stageStates(of: NonNullable<LiveAnswer['application']>): StageState[] {
  const at = of.stages.findIndex((stage) => !stage.done_at)
  return of.stages.map((_, i) => {
    if (at < 0 || i < at) return 'done'
    if (i > at) return 'later'
    return of.status === 'Refused' ? 'stopped' : 'here'
  })
}

/** By the clock of the hotline: "10:05", of another day "11月24日 10:05". */
export function clock(at: string, now: string, language: string): string {
  const [then, today] = [new Date(at), new Date(now)]
  if (Number.isNaN(then.getTime())) return ''
  const day = (d: Date) => d.toLocaleDateString(language, { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' })
  const time = then.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
  return day(then) === day(today) ? time : `${day(then)} ${time}`
}
/** What is missing of a question; undefined when it can be asked. */
export function missing(question: LiveQuestion, isPersonal: boolean): 'number' | 'digits' | undefined {
  if (!question.number.trim()) return 'number'
  return isPersonal && !question.digits.trim() ? 'digits' : undefined
}
