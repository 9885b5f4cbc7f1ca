// SPDX-License-Identifier: Apache-2.0
// The words of the page for a call from a browser.
import { fewWords } from '@/shared/lib/few_words'
import english from '@/shared/messages/en/web_call.json'
import chinese from '@/shared/messages/zh-CN/web_call.json'

export type Word = keyof typeof chinese
export const say = fewWords<Word>({ 'zh-CN': chinese, en: english })
