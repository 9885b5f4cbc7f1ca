// SPDX-License-Identifier: Apache-2.0
// Whether a dialog lies over the page: the page's own keys rest meanwhile, those of the call do not.
import { computed, ref } from 'vue'

const open = ref(0)

export function dialogOpened(): void {
  open.value++
}
export function dialogClosed(): void {
  open.value = Math.max(0, open.value - 1)
}
export const hasDialog = computed(() => open.value > 0)
