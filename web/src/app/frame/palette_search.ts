// SPDX-License-Identifier: Apache-2.0
// What the palette finds on the server for a few typed characters: people, cases, a number to call.
import { computed, ref, watch, type Ref } from 'vue'
import type { Case, Customer } from '@/shared/api/contract'
import { api } from '@/shared/api/endpoints'

const pause = 200
const most = 5

export function usePaletteSearch(text: Ref<string>, isAllowed: () => boolean) {
  const customers = ref<Customer[]>([])
  const cases = ref<Case[]>([])
  const isLooking = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function look(q: string, mine: number): Promise<void> {
    const nothing = { items: [] }
    const [people, papers] = await Promise.all([
      api.customers({ q }).catch(() => nothing),
      api.cases({ q, limit: most }).catch(() => nothing),
    ])
    if (mine !== turn) return
    customers.value = people.items.slice(0, most)
    cases.value = papers.items.slice(0, most)
    isLooking.value = false
  }
  watch(text, (typed) => {
    const mine = ++turn
    clearTimeout(timer)
    customers.value = []
    cases.value = []
    const q = typed.trim()
    isLooking.value = q.length > 0 && isAllowed()
    if (isLooking.value) timer = setTimeout(() => void look(q, mine), pause)
  })
  return { customers, cases, isLooking: computed(() => isLooking.value) }
}
