// SPDX-License-Identifier: Apache-2.0
// The jobs of a foreman's units as the server tells them, and why it would send whom.
import type { Job } from './job'
import { sayCode, say, type Word } from './words'

export interface Mate {
  id: number
  name: string
  unit: number
  is_on_duty: boolean
  open_jobs: number
}
export interface UnitJob {
  job: Job
  unit: number
  user_id: number
  user_name: string
  proposed: number
  /** "area:听松里,skill:no_heat,load:0" */
  proposed_why: string
}
export interface UnitList {
  version: number
  now: string
  is_foreman: boolean
  items: UnitJob[]
  crew: Mate[]
}

/** The reasons of a choice as a sentence. A reason without a word is left out, never shown raw. */
export function whyText(reasons: string): string {
  const said = reasons.split(',').filter(Boolean).map((reason) => {
    const [code = '', ...names] = reason.split(':')
    const name = names.join(':')
    if (code === 'load') return name === '0' ? say('why_load_none') : say('why_load', { n: name })
    if (code === 'skill') return say('why_skill', { kind: sayCode('skill_', name) })
    return sayCode('why_', code) === code ? '' : say(`why_${code}` as Word, { name, n: name })
  })
  return said.filter(Boolean).join(say('and'))
}

/** "12 分钟" since `at`, by the server's clock; never less than nothing. */
export function minutesSince(at: string, now_ms: number): number {
  return Math.max(0, Math.floor((now_ms - Date.parse(at)) / 60_000))
}

/** Those of the job's own unit: on duty first, whom the engine would send before all. */
export function whoCouldGo(item: UnitJob, crew: Mate[]): Mate[] {
  const place = (mate: Mate) => (mate.id === item.proposed ? 0 : mate.is_on_duty ? 1 : 2)
  return crew.filter((mate) => mate.unit === item.unit && mate.id !== item.user_id).sort((a, b) => place(a) - place(b) || a.open_jobs - b.open_jobs)
}
