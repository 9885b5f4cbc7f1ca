// SPDX-License-Identifier: Apache-2.0
// The guide of the side panel: the caller's open lists, and the event that is being asked about now.
import { ref, watch } from 'vue'
import { ApiError } from '@/shared/api/http'
import { lifeApi, type Checklist, type LifeAnswers, type LifeEvent, type LifeGuide } from '@/shared/api/life'
import { useWork } from '@/shared/api/work'
import { useErrors } from '@/shared/ui/say_error'
import { readyOf, toggled } from './list'

export function useGuide() {
  const work = useWork()
  const { say } = useErrors()
  const events = ref<LifeEvent[]>([])
  const lists = ref<Checklist[]>([])
  const guide = ref<LifeGuide>()
  const event = ref('')
  const answers = ref<LifeAnswers>({})
  const ready = ref<string[]>([])
  const problem = ref('')
  const isBusy = ref(false)
  let turn = 0

  async function tried(work_: () => Promise<void>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    try {
      await work_()
    } catch (error) {
      problem.value = say(error)
    } finally {
      isBusy.value = false
    }
  }
  /** Quietly: photos appear as they arrive, and a line that is down for a moment says nothing. */
  async function look(): Promise<void> {
    const mine = ++turn
    const number = work.matter.number
    if (!number) {
      lists.value = []
      return
    }
    try {
      const found = await lifeApi.listsOf({ number })
      if (mine === turn) lists.value = found
    } catch (error) {
      if (mine === turn && error instanceof ApiError && error.status >= 500) problem.value = say(error)
    }
  }
  const begin = () => tried(async () => { events.value = await lifeApi.events() })
  const step = () => tried(async () => { guide.value = await lifeApi.guide(event.value, { answers: answers.value, ready: ready.value }) })
  async function choose(code: string): Promise<void> {
    event.value = code
    answers.value = {}
    ready.value = []
    guide.value = undefined
    if (code) await step()
  }
  async function answer(question: string, choice: string): Promise<void> {
    answers.value = { ...answers.value, [question]: choice }
    await step()
  }
  async function tick(code: string): Promise<void> {
    ready.value = toggled(ready.value, code)
    await step()
  }
  const replace = (list: Checklist) => (lists.value = [list, ...lists.value.filter((one) => one.id !== list.id)])
  const tickList = (list: Checklist, code: string) => tried(async () => void replace(await lifeApi.tickFor(list.id, toggled(readyOf(list.list.materials), code))))
  const sendList = (list: Checklist) => tried(async () => void replace(await lifeApi.send(list.id)))
  const putAway = (list: Checklist) =>
    tried(async () => {
      await lifeApi.putAwayFor(list.id)
      lists.value = lists.value.filter((one) => one.id !== list.id)
    })
  /** Keeps what was asked for this caller, and writes it to their number. */
  const send = () =>
    tried(async () => {
      const made = await lifeApi.keepFor({ event: event.value, answers: answers.value, ready: ready.value, number: work.matter.number, case_id: 0 })
      replace(made)
      // Kept, whatever becomes of the message: it is there to be sent again.
      replace(await lifeApi.send(made.id))
      await choose('')
    })
  // Another citizen has other lists and another event.
  watch(() => [work.matter.number, work.matter.interaction], () => {
    void choose('')
    void look()
  }, { immediate: true })
  return { work, events, lists, guide, event, ready, problem, isBusy, begin, look, choose, answer, tick, send, tickList, sendList, putAway }
}
