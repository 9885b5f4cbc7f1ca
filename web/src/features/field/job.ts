// SPDX-License-Identifier: Apache-2.0
// A job as the server tells it, and as it looks with what the phone has not sent yet.

export type Phase = 'before' | 'after'
export interface FieldEvent {
  what: string
  at: string
  said_at: string
  is_mine: boolean
  words: string
  phase: '' | Phase
  values: Record<string, string>
}
export interface Job {
  id: number
  number: string
  kind: string
  kind_title: string
  title: string
  state: 'offered' | 'taken' | 'arrived' | 'done'
  case_state: string
  address: string
  contact_name: string
  contact_number: string
  has_elder: boolean
  /** "normal" "urgent" "emergency" */
  urgency: string
  is_foreman: boolean
  demands: string[]
  offered_at: string
  until_at: string | null
  promised_at: string | null
  events: FieldEvent[]
}
export interface FormField {
  code: string
  title: string
  unit: string
  min: number
  max: number
}
export interface JobList {
  version: number
  now: string
  form: FormField[]
  items: Job[]
}

export type ActName = 'take' | 'refuse' | 'arrive' | 'measure' | 'note' | 'finish'
export interface ActBody {
  what: ActName
  at: string
  words?: string
  phase?: Phase
  values?: Record<string, string>
  latitude?: number
  longitude?: number
  accuracy_m?: number
  confirmed_by?: 'signature' | 'code'
  signature?: string
  code?: string
}
/** An act in the phone's own store, in the order it was done. */
export interface QueuedAct {
  id?: number
  user_id: number
  job_id: number
  key: string
  body: ActBody
  state: 'waiting' | 'refused'
  why?: string
}

/** What is typed before it is done. */
export interface JobDraft {
  note: string
  code: string
  signature: string
  typed: Record<Phase, Record<string, string>>
}

const stateAfter: Partial<Record<ActName, Job['state']>> = { take: 'taken', arrive: 'arrived', finish: 'done' }
const eventOf: Record<ActName, string> = {
  take: 'taken', refuse: 'refused', arrive: 'arrived', measure: 'measured', note: 'noted', finish: 'done',
}

/** What the repairer has done shows at once, sent or not. A refused act changes nothing. */
export function withQueued(job: Job, acts: QueuedAct[]): Job {
  const out = { ...job, events: [...job.events] }
  for (const { job_id, body, state } of acts) {
    if (job_id !== job.id || state !== 'waiting') continue
    out.state = stateAfter[body.what] ?? out.state
    out.events.push({
      what: eventOf[body.what], at: body.at, said_at: body.at, is_mine: true,
      words: body.words ?? '', phase: body.phase ?? '', values: body.values ?? {},
    })
  }
  return out
}

/** The newest values of a phase; nothing when none were measured. */
export function measured(job: Job, phase: Phase): Record<string, string> | undefined {
  return job.events.filter((e) => e.what === 'measured' && e.phase === phase).at(-1)?.values
}

/** The code of the first field that is out of its limits, for "say". */
export function outOfLimits(form: FormField[], values: Record<string, string>): FormField | undefined {
  return form.find((field) => {
    const text = values[field.code]
    if (text === undefined || text === '') return false
    const number = Number(text)
    return !Number.isFinite(number) || number < field.min || number > field.max
  })
}

/** What is still missing before it can be finished, as words of the message file. */
export function missing(job: Job, form: { words: string; isConfirmed: boolean }): string[] {
  const out: string[] = []
  if (job.state !== 'arrived') out.push('missing_arrival')
  if (!measured(job, 'after') && !form.words.trim()) out.push('missing_result')
  if (!form.isConfirmed) out.push('missing_confirmation')
  return out
}
