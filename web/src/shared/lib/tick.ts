// SPDX-License-Identifier: Apache-2.0
// One beat for all timers on a page: `now` is the server's time, four times a second.
import { onScopeDispose, readonly, ref, type Ref } from 'vue'
import { serverClock } from './server_clock'

const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

const beat = () => {
  now.value = serverClock.now()
}

/** The server's time in ms, kept moving while somebody uses it. */
export function useServerNow(): Readonly<Ref<number>> {
  if (users++ === 0) timer = setInterval(beat, 250)
  beat()
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return readonly(now)
}
