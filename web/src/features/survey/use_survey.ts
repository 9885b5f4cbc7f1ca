// SPDX-License-Identifier: Apache-2.0
// One survey by the pass of its link: read, and answered once.
import { ref } from 'vue'
import { ApiError, ask } from '@/shared/api/http'
import { say } from './words'

export interface Survey {
  state: 'open' | 'answered' | 'over'
  about: 'call' | 'case'
  case_number: string
  centre: string
  hotline: string
  at: string
  expires_at: string
  solved: '' | 'yes' | 'no'
  score: number
  words: string
  task_number: string
}
export interface SurveyAnswer {
  solved: boolean
  score: number
  words: string
}

export function useSurvey() {
  // In the fragment, which no server and no log sees.
  const pass = /^#[\w-]{22}$/.test(location.hash) ? location.hash.slice(1) : ''
  const found = ref<Survey>()
  const problem = ref(pass ? '' : say('no_survey'))
  const isBusy = ref(false)
  const headers = { 'x-survey-pass': pass }

  function explain(error: unknown): string {
    if (!(error instanceof ApiError)) return say('failed')
    if (error.status === 0) return say('offline')
    if (error.status === 429) return say('wait', { n: error.retryAfter || 60 })
    return error.code === 'no_survey' ? say('no_survey') : error.detail || say('failed')
  }
  async function tried(work: () => Promise<void>): Promise<void> {
    if (isBusy.value || !pass) return
    isBusy.value = true
    problem.value = ''
    try {
      await work()
    } catch (error) {
      problem.value = explain(error)
      // Answered on another telephone, or over while they wrote: show how it stands now.
      const isOver = error instanceof ApiError && error.status === 409
      if (isOver) found.value = await ask<Survey>('/citizen/survey', { headers }).catch(() => found.value)
    } finally {
      isBusy.value = false
    }
  }
  const load = () =>
    tried(async () => {
      found.value = await ask<Survey>('/citizen/survey', { headers })
    })
  const answer = (body: SurveyAnswer) =>
    tried(async () => {
      found.value = await ask<Survey>('/citizen/survey', { method: 'POST', body, headers })
    })
  return { pass, found, problem, isBusy, load, answer }
}
