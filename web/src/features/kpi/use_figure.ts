// SPDX-License-Identifier: Apache-2.0
// A figure in words of the language shown, and its formula as the server gives it.
import { useI18n } from 'vue-i18n'
import type { Formula } from '@/shared/api/contract'
import { reading } from './kpi_rows'

export function useFigure() {
  const { t, locale } = useI18n()
  const read = (figure: string, value: number | null | undefined): string => {
    const r = reading(figure, value)
    if (r.kind === 'none') return '–'
    return r.kind === 'text' ? r.text : t(`kpi.${r.kind}`, { n: r.n })
  }
  const formula = (formulas: Formula[], figure: string): string => {
    const found = formulas.find((f) => f.figure === figure)
    return (locale.value === 'en' ? found?.en : found?.zh) ?? t(`kpi.${figure}`)
  }
  return { read, formula }
}
