// SPDX-License-Identifier: Apache-2.0
// A call played through a flow: the server walks it anew from the beginning with each thing that happens.
import { computed, reactive, ref, shallowRef } from 'vue'
import { flowsApi, type PlayedCall, type PlayedCaller, type PlayedEvent } from '@/shared/api/flows'

export function useCall(name: string, text: () => string) {
  const events = ref<PlayedEvent[]>([])
  const call = shallowRef<PlayedCall>()
  /** the text that was walked: it may have been changed since */
  const walked = ref('')
  const failure = ref<unknown>()
  const isAsking = ref(false)
  let caller: PlayedCaller = { number: '', withheld: false, tags: [] }
  let at = ''

  /** One thing after the other: fast fingers press before the answer to the last key is there. */
  let line: Promise<unknown> = Promise.resolve()
  const after = (what: () => Promise<void> | undefined) => (line = line.then(what))

  async function walk(next: PlayedEvent[]): Promise<void> {
    isAsking.value = true
    const sent = text()
    try {
      call.value = await flowsApi.play({ text: sent, name, caller, at, events: next })
      events.value = next
      walked.value = sent
      failure.value = undefined
    } catch (error) {
      failure.value = error
    } finally {
      isAsking.value = false
    }
  }
  const start = (who: PlayedCaller, when: string) => {
    caller = who
    at = when
    call.value = undefined
    return after(() => walk([]))
  }
  const happen = (event: PlayedEvent) => after(() => (call.value && !call.value.over ? walk([...events.value, event]) : undefined))
  const back = () => after(() => (events.value.length ? walk(events.value.slice(0, -1)) : undefined))
  const again = () => after(() => walk(events.value))
  const isOld = computed(() => call.value !== undefined && walked.value !== text())
  return reactive({ events, call, failure, isAsking, isOld, start, happen, back, again })
}
