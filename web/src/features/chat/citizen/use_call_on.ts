// SPDX-License-Identifier: Apache-2.0
// From the conversation to a call that knows it: a code for one call, and the page of calls opened with it.
import { ref } from 'vue'
import { carryApi } from '@/shared/api/carry'

export function useCallOn(callPage: () => string, token: () => string) {
  const isOpening = ref(false)

  async function callOn(): Promise<void> {
    if (isOpening.value) return
    isOpening.value = true
    // Opened in the press itself, as browsers ask; the conversation stays beside the call.
    const tab = window.open('', '_blank')
    // Without a code the call is one like any other.
    const code = await carryApi.make({ token: token() }).then((made) => made.code, () => '')
    const to = callPage() + (code && `#carry=${code}`)
    if (tab) tab.location.replace(to)
    else (window.top ?? window).location.assign(to)
    isOpening.value = false
  }
  return { isOpening, callOn }
}
