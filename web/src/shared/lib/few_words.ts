// SPDX-License-Identifier: Apache-2.0
// The few words of a citizen's page in two languages, without the weight of a whole translator.
import { computed, ref } from 'vue'

export type Locale = 'zh-CN' | 'en'
/** Of this browser; one for all words of a page. */
export const locale = ref<Locale>(navigator.language.startsWith('en') ? 'en' : 'zh-CN')

/** "about {n} people" with its places filled. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export function fewWords<Word extends string>(tables: Record<Locale, Record<Word, string>>) {
  const words = computed(() => tables[locale.value])
  return (word: Word, values: Record<string, string | number> = {}) => fill(words.value[word], values)
}

export function switchLanguage(): void {
  locale.value = locale.value === 'en' ? 'zh-CN' : 'en'
  document.documentElement.lang = locale.value
}
