// SPDX-License-Identifier: Apache-2.0
// Who is behind the number of the call in hand, and what happened with them before.
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Case, Customer, TimelineItem } from '@/shared/api/contract'
import { api } from '@/shared/api/endpoints'
import { useWork } from '@/shared/api/work'

export const useCaller = defineStore('caller', () => {
  const work = useWork()
  const people = ref<Customer[]>([])
  const chosenId = ref(0)
  const timeline = ref<TimelineItem[]>([])
  const openCases = ref<Case[]>([])
  const isLoading = ref(false)
  const hasFailed = ref(false)
  let turn = 0

  const chosen = computed(() => people.value.find((p) => p.id === chosenId.value))
  const number = computed(() => work.matter.number)

  async function load(): Promise<void> {
    const mine = ++turn
    const { number: from, customer_id } = work.matter
    people.value = []
    timeline.value = []
    openCases.value = []
    chosenId.value = 0
    hasFailed.value = false
    if (!from && !customer_id) return
    isLoading.value = true
    try {
      const [byNumber, byId] = await Promise.all([
        from ? api.customers({ number: from }).then((page) => page.items) : [],
        customer_id ? api.customer(customer_id).catch(() => undefined) : undefined,
      ])
      if (mine !== turn) return
      // Found by the number that calls, a person is shown whole.
      const first = byId ? [byNumber.find((p) => p.id === byId.id) ?? byId] : []
      people.value = [...first, ...byNumber.filter((p) => p.id !== byId?.id)]
      await choose(people.value[0]?.id ?? 0, mine)
    } catch {
      if (mine === turn) hasFailed.value = true
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }

  /** One of several people behind the number. */
  async function choose(id: number, mine = ++turn): Promise<void> {
    chosenId.value = id
    const from = work.matter.number
    const [story, cases] = await Promise.all([
      id ? api.customerTimeline(id) : api.numberTimeline(from),
      api.cases(from ? { number: from, status: 'open', limit: 5 } : { customer: id, status: 'open', limit: 5 }),
    ])
    if (mine !== turn) return
    timeline.value = story.items
    openCases.value = cases.items
  }

  async function refresh(): Promise<void> {
    if (people.value.length || number.value) await choose(chosenId.value).catch(() => undefined)
  }

  function replace(customer: Customer): void {
    const others = people.value.filter((p) => p.id !== customer.id)
    people.value = [customer, ...others]
    chosenId.value = customer.id
  }

  watch(() => [work.matter.number, work.matter.customer_id, work.matter.interaction], () => void load(), { immediate: true })

  return { people, chosen, chosenId, timeline, openCases, isLoading, hasFailed, number, load, choose, refresh, replace }
})
