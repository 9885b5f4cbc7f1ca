// SPDX-License-Identifier: Apache-2.0
// The words of acting for somebody else: apart, so that the page of a case loads without them.
import { fewWords } from '@/shared/lib/few_words'
import english from '@/shared/messages/en/acting.json'
import chinese from '@/shared/messages/zh-CN/acting.json'

export type ActingWord = keyof typeof chinese
export const sayActing = fewWords<ActingWord>({ 'zh-CN': chinese, en: english })

/** The words of a key from the server, or of `other` for one that this page does not know. */
export function actingOf(prefix: string, key: string, other: ActingWord, values: Record<string, string> = {}): string {
  const word = `${prefix}_${key}`
  return sayActing(word in chinese ? (word as ActingWord) : other, values)
}
