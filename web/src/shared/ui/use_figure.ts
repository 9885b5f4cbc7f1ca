// SPDX-License-Identifier: Apache-2.0
// A figure in words of the language shown, and its formula as the server gives it.
import { useI18n } from 'vue-i18n'
import type { CaseRate, Formula } from '../api/contract'
import { caseReading, reading, type Reading } from './figure'

export function useFigure() {
  const { t, locale } = useI18n()
  const say = (r: Reading): string => {
    if (r.kind === 'none') return '–'
    return r.kind === 'text' ? r.text : t(`kpi.${r.kind}`, { n: r.n })
  }
  const read = (figure: string, value: number | null | undefined): string => {
    return say(reading(figure, value))
  }
  const readCase = (rate: CaseRate): string => say(caseReading(rate))
  const formula = (formulas: Formula[], figure: string): string => {
    const found = formulas.find((f) => f.figure === figure)
    return (locale.value === 'en' ? found?.en : found?.zh) ?? t(`kpi.${figure}`)
  }
  return { read, readCase, formula }
}
