// SPDX-License-Identifier: Apache-2.0
// One case by its pass: read, entered by number and code, and acted upon.
import { ref } from 'vue'
import type { CasePerson } from '@/shared/api/case_people'
import { ApiError, ask } from '@/shared/api/http'
import { say } from './words'

export interface CitizenCase {
  number: string; title: string; address: string; centre: string; hotline: string
  now: string; step: number; unit: string; cause: string
  until?: string | null; urge_again_at?: string | null; paused_until?: string | null; promised_at?: string | null
  is_late: boolean; is_over: boolean; is_confidential: boolean
  supervised: number; urges: number; round: number; legal_basis: string
  demands: { number: number; text: string; answer: string }[]
  may_urge: boolean; may_confirm: boolean; may_reopen: boolean; may_withdraw: boolean
  account: { from: string; until: string; counts: boolean; because: string; note: string }[]
  timeline: { at: string; what: string; unit: string; words: string; level: number; is_mine: boolean }[]
  seen: { at: string; role: string; work_number: string; how: string }[]
  people: CasePerson[]
  server_time: string
}
export interface CitizenAct {
  verb: string
  text: string
  solved?: boolean
  satisfied?: boolean
}

export function useCase() {
  // In the fragment, which no server and no log sees.
  const pass = ref(/^#[\w-]{22}$/.test(location.hash) ? location.hash.slice(1) : '')
  const found = ref<CitizenCase>()
  const problem = ref('')
  const isBusy = ref(false)
  /** codes of what the server found wrong, by field */
  const faults = ref<Record<string, string>>({})

  function explain(error: unknown): string {
    if (!(error instanceof ApiError)) return say('failed')
    if (error.status === 0) return say('offline')
    if (error.status === 429) return say('wait', { n: error.retryAfter || 60 })
    if (error.code === 'wrong_code') return say('wrong_code')
    return error.detail || say('failed')
  }
  async function tried(work: () => Promise<void>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    problem.value = ''
    faults.value = {}
    try {
      await work()
      return true
    } catch (error) {
      const isOver = error instanceof ApiError && error.code === 'no_case_pass'
      if (isOver) pass.value = ''
      if (isOver) found.value = undefined
      problem.value = isOver ? say('link_over') : explain(error)
      if (error instanceof ApiError) faults.value = error.fields
      return false
    } finally {
      isBusy.value = false
    }
  }
  const headers = () => ({ 'x-case-pass': pass.value })

  const load = () =>
    tried(async () => {
      found.value = await ask<CitizenCase>('/citizen/case', { headers: headers(), isSignIn: true })
    })
  const enter = (number: string, code: string) =>
    tried(async () => {
      const given = await ask<{ pass: string }>('/citizen/passes', { method: 'POST', body: { number, code }, isSignIn: true })
      pass.value = given.pass
      history.replaceState(null, '', `#${given.pass}`)
      found.value = await ask<CitizenCase>('/citizen/case', { headers: headers(), isSignIn: true })
    })
  const act = (body: CitizenAct) =>
    tried(async () => {
      found.value = await ask<CitizenCase>('/citizen/acts', { method: 'POST', body, headers: headers(), isSignIn: true })
    })
  const name = (people: CasePerson[]) =>
    tried(async () => {
      await ask('/citizen/people', { method: 'PUT', body: { people }, headers: headers(), isSignIn: true })
      found.value = await ask<CitizenCase>('/citizen/case', { headers: headers(), isSignIn: true })
    })
  return { pass, found, problem, faults, isBusy, load, enter, act, name }
}
