// SPDX-License-Identifier: Apache-2.0
// How old the live feed is, by our own clock, four times a second.
import { computed, onScopeDispose, ref } from 'vue'
import { useDesk } from '@/shared/api/desk'
import { ageOf } from './floor_view'

export function useFeedAge() {
  const desk = useDesk()
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 250)
  onScopeDispose(() => clearInterval(timer))
  const ms = computed(() => (desk.floorAt ? Math.max(0, now.value - desk.floorAt) : 0))
  return { ms, age: computed(() => ageOf(ms.value)) }
}
