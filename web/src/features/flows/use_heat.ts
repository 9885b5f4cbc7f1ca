// SPDX-License-Identifier: Apache-2.0
// Where the callers of one day went; yesterday's unless another day is asked for.
import { reactive, ref, shallowRef } from 'vue'
import { flowsApi, type FlowHeat } from '@/shared/api/flows'
import { useErrors } from '@/shared/ui/say_error'

export function useHeat(name: string) {
  const { say } = useErrors()
  const heat = shallowRef<FlowHeat>()
  const day = ref('')
  const isShown = ref(false)
  const problem = ref('')
  async function show(of: string): Promise<void> {
    isShown.value = true
    day.value = of || day.value
    heat.value = undefined
    problem.value = ''
    try {
      const got = await flowsApi.heat(name, of ? { day: of } : {})
      if (of && of !== day.value) return
      heat.value = got
      day.value = got.day
    } catch (error) {
      problem.value = say(error)
    }
  }
  const toggle = () => {
    if (isShown.value) isShown.value = false
    else void show(day.value)
  }
  return reactive({ heat, day, isShown, problem, show, toggle })
}
export type Heat = ReturnType<typeof useHeat>
