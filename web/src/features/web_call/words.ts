// SPDX-License-Identifier: Apache-2.0
// The few words of the citizen's page, without the weight of a whole translator.
import { computed, ref } from 'vue'
import english from '@/shared/messages/en/web_call.json'
import chinese from '@/shared/messages/zh-CN/web_call.json'

export type Word = keyof typeof chinese
const tables = { 'zh-CN': chinese, en: english }
export const locale = ref<keyof typeof tables>(navigator.language.startsWith('en') ? 'en' : 'zh-CN')

/** "about {n} people" with its places filled. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
export const words = computed(() => tables[locale.value])
export const say = (word: Word, values: Record<string, string | number> = {}) => fill(words.value[word], values)

export function switchLanguage(): void {
  locale.value = locale.value === 'en' ? 'zh-CN' : 'en'
  document.documentElement.lang = locale.value
}
