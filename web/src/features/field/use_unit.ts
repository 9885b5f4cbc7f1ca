// SPDX-License-Identifier: Apache-2.0
// The foreman's list, kept fresh; who leads no unit asks once.
import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { ApiError, ask } from '@/shared/api/http'
import type { UnitList } from './unit'

const retry_ms = 3_000
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

export function useUnit() {
  const list = shallowRef<UnitList>()
  /** ms to be added to the phone's clock */
  const ahead_ms = ref(0)
  const now_ms = ref(Date.now())
  let isOver = false
  const tick = setInterval(() => (now_ms.value = Date.now() + ahead_ms.value), 10_000)
  onBeforeUnmount(() => {
    isOver = true
    clearInterval(tick)
  })

  function take(next: UnitList): void {
    ahead_ms.value = Date.parse(next.now) - Date.now()
    now_ms.value = Date.parse(next.now)
    list.value = next
  }
  /** Until it is over; false when there is nothing to see for this user. */
  async function look(): Promise<boolean> {
    try {
      take(await ask<UnitList>('/field/unit-jobs', { query: { since: list.value?.version } }))
      return list.value?.is_foreman ?? false
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) return false
      await pause(retry_ms)
      return true
    }
  }
  async function watch(): Promise<void> {
    while (!isOver && (await look()));
  }
  /** errors  ApiError: offline, taken meanwhile */
  async function give(job: number, to: number): Promise<void> {
    take(await ask<UnitList>(`/field/jobs/${job}/give`, { method: 'POST', body: { to } }))
  }
  return { list, now_ms, watch, give }
}
export type Unit = ReturnType<typeof useUnit>
