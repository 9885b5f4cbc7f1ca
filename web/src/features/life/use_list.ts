// SPDX-License-Identifier: Apache-2.0
// The list of this page: asked for step by step, kept when somebody wants it, or opened by its link.
import { computed, ref } from 'vue'
import { ApiError } from '@/shared/api/http'
import { lifeApi, type CitizenList, type LifeAnswers, type LifeEvent, type LifeForm, type LifeTurn } from '@/shared/api/life'
import { oneBack, passIn, readKept, readyOf, toggled, withReady } from './list'
import { say } from './words'

const keptKey = 'ys.list'
const learningFor = 700

// A browser may forbid any storage: then the answers last as long as the page.
function kept() {
  try {
    return readKept(sessionStorage.getItem(keptKey))
  } catch {
    return undefined
  }
}
function keep(turn: LifeTurn | undefined): void {
  try {
    if (!turn) return sessionStorage.removeItem(keptKey)
    const answers: LifeAnswers = {}
    for (const one of turn.asked) answers[one.code] = one.choice
    sessionStorage.setItem(keptKey, JSON.stringify({ event: turn.event, answers, ready: readyOf(turn.materials) }))
  } catch {
    // It stays on the screen.
  }
}

export function useList() {
  const pass = ref(passIn(location.hash))
  const events = ref<LifeEvent[]>()
  const turn = ref<LifeTurn>()
  const own = ref<CitizenList>()
  const problem = ref('')
  const isBusy = ref(false)
  const isLearning = ref(false)
  const isGone = ref(false)
  const isOver = ref(false)
  const telephone = computed(() => turn.value?.telephone ?? '')

  function explain(error: unknown): string {
    if (!(error instanceof ApiError)) return say('failed')
    if (error.status === 0) return say('offline')
    if (error.status === 429) return say('wait', { n: error.retryAfter || 60 })
    return error.code === 'no_list' ? say('no_list') : error.detail || say('failed')
  }
  /** What is asked while the house has just started is asked again: it says when it knows. */
  async function learnt<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'still_learning') throw error
        isLearning.value = true
        await new Promise((done) => setTimeout(done, learningFor))
      }
    }
  }
  async function tried(work: () => Promise<void>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    problem.value = ''
    try {
      await work()
      return true
    } catch (error) {
      problem.value = explain(error)
      if (error instanceof ApiError && error.code === 'no_list') {
        isOver.value = true
        pass.value = ''
      }
      return false
    } finally {
      isBusy.value = false
      isLearning.value = false
    }
  }
  function take(found: CitizenList): void {
    own.value = found
    turn.value = found.list
  }
  const step = (event: string, form: LifeForm) =>
    tried(async () => {
      turn.value = await learnt(() => lifeApi.step(event, form))
      keep(turn.value)
    })
  const load = () =>
    tried(async () => {
      if (pass.value) return take(await learnt(() => lifeApi.open(pass.value)))
      const before = kept()
      const wanted = new URLSearchParams(location.search).get('event') ?? ''
      events.value = await lifeApi.events()
      const event = before?.event || (events.value.some((one) => one.code === wanted) ? wanted : '')
      if (event) turn.value = await learnt(() => lifeApi.step(event, { answers: before?.answers ?? {}, ready: before?.ready ?? [] }))
    })
  const choose = (code: string) => step(code, { answers: {}, ready: [] })
  function answer(choice: string): Promise<boolean> {
    const now = turn.value!
    const answers: LifeAnswers = { [now.question]: choice }
    for (const one of now.asked) answers[one.code] = one.choice
    return step(now.event, { answers, ready: [] })
  }
  function back(): void {
    const now = turn.value
    if (!now?.asked.length) return restart()
    void step(now.event, { answers: oneBack(now), ready: [] })
  }
  function restart(): void {
    turn.value = undefined
    own.value = undefined
    problem.value = ''
    isOver.value = isGone.value = false
    pass.value = ''
    keep(undefined)
    if (location.hash) history.replaceState(null, '', location.pathname)
    void tried(async () => { events.value = await lifeApi.events() })
  }
  /** At once on the screen; a list that has a link is told, too. */
  async function tick(code: string): Promise<void> {
    const before = turn.value!
    const ready = toggled(readyOf(before.materials), code)
    turn.value = withReady(before, ready)
    if (!pass.value) return keep(turn.value)
    if (!(await tried(async () => take(await learnt(() => lifeApi.tick(pass.value, ready)))))) turn.value = before
  }
  const store = (number: string) =>
    tried(async () => {
      const now = turn.value!
      const answers: LifeAnswers = {}
      for (const one of now.asked) answers[one.code] = one.choice
      const made = await lifeApi.keep({ event: now.event, answers, ready: readyOf(now.materials), number })
      pass.value = made.pass
      history.replaceState(null, '', `#${made.pass}`)
      keep(undefined)
      take(await lifeApi.open(made.pass))
    })
  const putAway = () =>
    tried(async () => {
      await lifeApi.putAway(pass.value)
      isGone.value = true
      pass.value = ''
      turn.value = own.value = undefined
      history.replaceState(null, '', location.pathname)
    })
  const refresh = () => tried(async () => take(await lifeApi.open(pass.value)))
  return { pass, events, turn, own, problem, isBusy, isLearning, isGone, isOver, telephone, load, choose, answer, back, restart, tick, store, putAway, refresh }
}
