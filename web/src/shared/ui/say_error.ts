// SPDX-License-Identifier: Apache-2.0
// Any failure as a sentence a person can act on.
import { useI18n } from 'vue-i18n'
import { Refused } from '../api/desk_link'
import { ApiError } from '../api/http'
import { toast } from './toast'

/** @returns say: the sentence; tell: shows it */
export function useErrors() {
  const { t, te } = useI18n()
  const word = (code: string, fallback: string) =>
    te(`error.${code}`) ? t(`error.${code}`) : fallback || t('error.unknown')
  const say = (error: unknown): string => {
    if (error instanceof ApiError)
      return error.retryAfter > 0 && error.status === 429
        ? t('error.wait_seconds', { n: error.retryAfter })
        : word(error.code, error.detail)
    if (error instanceof Refused) return word(error.code, error.text)
    return t('error.unknown')
  }
  const tell = (error: unknown) => toast(say(error), 'warning')
  return { say, tell, word }
}
