// SPDX-License-Identifier: Apache-2.0
// The words of forms, for pages with a translator and for those without one.
import { fill, type Locale } from '../lib/few_words'
import type { AnswerFault, FormField, Answers } from '../lib/answer_form'
import english from '../messages/en/answers.json'
import chinese from '../messages/zh-CN/answers.json'

export type AnswerWord = keyof typeof chinese
const tables: Record<Locale, Record<AnswerWord, string>> = { 'zh-CN': chinese, en: english }

export function answerWord(language: string, word: AnswerWord, values: Record<string, string | number> = {}): string {
  return fill(tables[language === 'en' ? 'en' : 'zh-CN'][word], values)
}

/** The sentence of a fault; "" for one that this page does not know. */
export function faultText(language: string, fault: AnswerFault): string {
  return fault.code in chinese ? answerWord(language, fault.code as AnswerWord, fault.values) : ''
}

/** An answer as it is read: the title of a choice, a number with its unit. */
export function readable(language: string, field: FormField, answers: Answers): string {
  const text = answers[field.code] ?? ''
  if (!text) return ''
  if (field.kind === 'choice') return field.choices.find((c) => c.code === text)?.title ?? text
  if (field.kind === 'yes_no') return answerWord(language, text === 'yes' ? 'yes' : 'no')
  return field.kind === 'number' && field.unit ? `${text} ${field.unit}` : text
}
