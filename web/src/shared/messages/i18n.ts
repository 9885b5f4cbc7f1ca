// SPDX-License-Identifier: Apache-2.0
// The languages: Chinese comes with the page, English is fetched when somebody switches to it.
import { createI18n } from 'vue-i18n'
import { keep, kept } from '../lib/keep'
import { messages as zhCN } from './zh-CN'

export type Locale = 'zh-CN' | 'en'
const languageKey = 'ys-language'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  missingWarn: import.meta.env.DEV,
  messages: { 'zh-CN': zhCN } as Record<string, typeof zhCN>,
})

export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { messages } = await import('./en')
    i18n.global.setLocaleMessage('en', messages as typeof zhCN)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  keep(languageKey, locale)
}

export const keptLocale = (): Locale => (kept(languageKey) === 'en' ? 'en' : 'zh-CN')
