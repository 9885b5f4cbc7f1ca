// SPDX-License-Identifier: Apache-2.0
// What the server refuses, in the words of who writes articles, and at which part.
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/shared/api/http'
import { useErrors } from '@/shared/ui/say_error'
import { partOf, type Part } from './article_form'

/** "texts.agent" is a key with a dot, which message files read as a level. */
export const partKey = (part: Part): string => part.replace('.', '_')

export function useRefusals() {
  const { t, te } = useI18n()
  const { say } = useErrors()
  const partWord = (part: Part) => t(`knowledge.part_${partKey(part)}`)
  /** The sentence below a part; codes are of faultsOf() and of the server. */
  const faultWord = (part: Part, code: string): string => {
    const word = code.replace(/^part_/, '').replace('field_', '')
    return t(te(`knowledge.fault_${word}`) ? `knowledge.fault_${word}` : 'knowledge.fault_wrong', { part: partWord(part) })
  }
  const refusal = (error: unknown): string =>
    error instanceof ApiError && te(`knowledge.refused_${error.code}`) ? t(`knowledge.refused_${error.code}`) : say(error)
  /** The codes of the server by part. */
  const faultsIn = (error: unknown): Partial<Record<Part, string>> => {
    const out: Partial<Record<Part, string>> = {}
    if (!(error instanceof ApiError)) return out
    for (const [field, code] of Object.entries(error.fields)) {
      const part = partOf(field)
      if (part) out[part] = code
    }
    return out
  }
  return { partWord, faultWord, refusal, faultsIn }
}
