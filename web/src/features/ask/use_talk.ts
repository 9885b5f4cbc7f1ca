// SPDX-License-Identifier: Apache-2.0
// The talk of this page: asks the server, and is there again after a reload.
import { ref, watch } from 'vue'
import { ApiError, ask } from '@/shared/api/http'
import { begin, type Choice, declined, heard, isNumber, readTalk, type Reply, said, type Talk } from './talk'
import { say } from './words'

const keptKey = 'ys.ask'
// A browser may forbid any storage: then the talk lasts as long as the page.
function kept(): Talk | undefined {
  try {
    return readTalk(sessionStorage.getItem(keptKey))
  } catch {
    return undefined
  }
}
function keep(talk: Talk): void {
  try {
    sessionStorage.setItem(keptKey, JSON.stringify(talk))
  } catch {
    // It stays on the screen.
  }
}

export function useTalk() {
  const asked = new URLSearchParams(location.search).get('number') ?? ''
  const talk = ref(kept() ?? begin(isNumber(asked) ? asked : ''))
  const problem = ref('')
  const isBusy = ref(false)
  watch(talk, keep)

  function explain(error: unknown): string {
    if (!(error instanceof ApiError)) return say('failed')
    if (error.status === 0) return say('offline')
    if (error.status === 429) return say('wait', { n: error.retryAfter || 60 })
    return error.code === 'too_long' ? say('too_long') : error.detail || say('failed')
  }
  /** @returns whether an answer of any kind came; the question is not in the talk otherwise, and can be sent again */
  async function send(words: string, body: { text: string; matter: string }): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    problem.value = ''
    try {
      const reply = await ask<Reply>('/citizen/questions', { method: 'POST', body, isSignIn: true })
      talk.value = heard(said(talk.value, words), reply)
      return true
    } catch (error) {
      problem.value = explain(error)
      return false
    } finally {
      isBusy.value = false
    }
  }
  const question = (text: string) => send(text, { text, matter: '' })
  const choose = (choice: Choice) => send(choice.title, { text: '', matter: choice.matter })
  function decline(words: string): void {
    talk.value = declined(talk.value, words)
  }
  function clear(): void {
    talk.value = begin(talk.value.telephone)
    problem.value = ''
  }
  return { talk, problem, isBusy, question, choose, decline, clear }
}
