// SPDX-License-Identifier: Apache-2.0
// What the palette finds on the server for a few typed characters: people, cases, articles, a number to call.
import { computed, ref, watch, type Ref } from 'vue'
import type { Case, Customer } from '@/shared/api/contract'
import { api } from '@/shared/api/endpoints'
import { knowledgeApi, type ArticleLine } from '@/shared/api/knowledge'

const pause = 200
const most = 5

export function usePaletteSearch(text: Ref<string>, isAllowed: () => boolean, readsArticles: () => boolean) {
  const customers = ref<Customer[]>([])
  const cases = ref<Case[]>([])
  const articles = ref<ArticleLine[]>([])
  const isLooking = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function look(q: string, mine: number): Promise<void> {
    const nothing = { items: [] }
    const [people, papers, known] = await Promise.all([
      isAllowed() ? api.customers({ q }).catch(() => nothing) : nothing,
      isAllowed() ? api.cases({ q, limit: most }).catch(() => nothing) : nothing,
      readsArticles() ? knowledgeApi.articles({ q, limit: most }).catch(() => nothing) : nothing,
    ])
    if (mine !== turn) return
    customers.value = people.items.slice(0, most)
    cases.value = papers.items.slice(0, most)
    articles.value = known.items.slice(0, most)
    isLooking.value = false
  }
  watch(text, (typed) => {
    const mine = ++turn
    clearTimeout(timer)
    customers.value = []
    cases.value = []
    articles.value = []
    const q = typed.trim()
    isLooking.value = q.length > 0 && (isAllowed() || readsArticles())
    if (isLooking.value) timer = setTimeout(() => void look(q, mine), pause)
  })
  return { customers, cases, articles, isLooking: computed(() => isLooking.value) }
}
