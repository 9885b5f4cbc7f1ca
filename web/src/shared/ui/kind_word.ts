// SPDX-License-Identifier: Apache-2.0
// What a kind of case is called: its own type's title in Chinese, the page's word where there is one otherwise.
import { useI18n } from 'vue-i18n'
import { useCaseTypes } from '../api/case_types'

export function useKindWord() {
  const { t, te, locale } = useI18n()
  const types = useCaseTypes()
  /** title: as it came with the case; without it the types that were loaded know */
  const kindWord = (kind: string, title = '') => {
    const own = title || (types.of(kind)?.type.title ?? '')
    const known = te(`case.kind_${kind}`)
    if (own && (locale.value !== 'en' || !known)) return own
    return known ? t(`case.kind_${kind}`) : kind
  }
  return { kindWord, load: types.load }
}
