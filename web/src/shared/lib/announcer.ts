// SPDX-License-Identifier: Apache-2.0
// Words for a screen reader: one polite and one urgent live region draw what is said here.
import { readonly, ref } from 'vue'

const polite = ref('')
const urgent = ref('')

export function announce(text: string, isUrgent = false): void {
  const region = isUrgent ? urgent : polite
  // The same words twice are read twice only when the text changes.
  region.value = region.value === text ? `${text}\u200b` : text
}

export const politeText = readonly(polite)
export const urgentText = readonly(urgent)
