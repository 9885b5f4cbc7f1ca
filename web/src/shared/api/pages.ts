// SPDX-License-Identifier: Apache-2.0
// A list read page by page with the server's cursor.
import { ref, type Ref } from 'vue'
import type { Page } from './contract'

export interface Pages<T> {
  items: Ref<T[]>
  isLoading: Ref<boolean>
  failure: Ref<unknown>
  hasMore: Ref<boolean>
  /** true once an answer came, so that "nothing found" is not shown too early */
  isAsked: Ref<boolean>
  restart(): Promise<void>
  more(): Promise<void>
}

export function usePages<T>(fetchPage: (after: string | undefined) => Promise<Page<T>>): Pages<T> {
  const items = ref<T[]>([]) as Ref<T[]>
  const isLoading = ref(false)
  const isAsked = ref(false)
  const failure = ref<unknown>()
  const hasMore = ref(false)
  let cursor = ''
  let turn = 0

  async function read(after: string | undefined): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    failure.value = undefined
    try {
      const page = await fetchPage(after)
      if (mine !== turn) return
      items.value = after ? [...items.value, ...page.items] : page.items
      cursor = page.next ?? ''
      hasMore.value = cursor !== ''
      isAsked.value = true
    } catch (error) {
      if (mine === turn) failure.value = error
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }
  return {
    items, isLoading, failure, hasMore, isAsked,
    restart: () => read(undefined),
    more: async () => {
      if (hasMore.value && !isLoading.value) await read(cursor)
    },
  }
}
