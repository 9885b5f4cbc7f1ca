// SPDX-License-Identifier: Apache-2.0
// The queues of the centre: their titles, and how many wait, looked at every few seconds.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { QueueRow } from './contract'
import { api } from './endpoints'
import { useSession } from './session'

export const useQueues = defineStore('queues', () => {
  const rows = ref<QueueRow[]>([])
  const isStale = ref(false)

  async function look(): Promise<void> {
    if (useSession().seesNoQueues) return
    try {
      rows.value = (await api.queues()).items
      isStale.value = false
    } catch {
      isStale.value = true
    }
  }
  /** "" for no queue and for one that is not known yet */
  function title(id: number | null | undefined): string {
    const row = rows.value.find((q) => q.id === id)
    return row ? row.title || row.name : ''
  }
  return { rows, isStale, look, title }
})
