// SPDX-License-Identifier: Apache-2.0
// What is in my hands: the call the screens are about (also after it ended), and how it is filed.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { keep, kept } from '../lib/keep'
import type { DeskView } from './contract'
import { useDesk } from './desk'

export interface Matter {
  /** 0 outside a call */
  interaction: number
  number: string
  customer_id: number
  display_name: string
  direction: string
  queue: number
}

const none: Matter = { interaction: 0, number: '', customer_id: 0, display_name: '', direction: '', queue: 0 }
const matterKey = 'ys-matter'

function keptMatter(): Matter {
  try {
    return { ...none, ...(JSON.parse(kept(matterKey) ?? '{}') as Partial<Matter>) }
  } catch {
    return { ...none }
  }
}

export const useWork = defineStore('work', () => {
  const desk = useDesk()
  const matter = ref<Matter>(keptMatter())
  const disposition = ref('')

  function show(next: Partial<Matter>): void {
    matter.value = { ...none, ...next }
    keep(matterKey, JSON.stringify(matter.value))
  }
  const clear = () => show({})

  function follow(view: DeskView): void {
    const id = view.interaction || 0
    if (!id || view.call_state === 'monitoring') return
    if (id !== matter.value.interaction) disposition.value = ''
    else if (view.caller === matter.value.number && (view.customer_id || 0) === matter.value.customer_id) return
    show({
      interaction: id,
      number: view.caller,
      customer_id: view.customer_id || 0,
      display_name: view.display_name,
      direction: view.direction,
      queue: view.queue || 0,
    })
  }
  watch(() => desk.view, (view) => view && follow(view), { immediate: true })

  const finishWrapUp = () => desk.command('wrap_up_done', { disposition: disposition.value })

  return { matter, disposition, show, clear, finishWrapUp }
})
