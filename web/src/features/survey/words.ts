// SPDX-License-Identifier: Apache-2.0
// The words of the survey's page, and its times as people say them.
import { fewWords } from '@/shared/lib/few_words'
import english from '@/shared/messages/en/citizen_survey.json'
import chinese from '@/shared/messages/zh-CN/citizen_survey.json'

export type Word = keyof typeof chinese
export const say = fewWords<Word>({ 'zh-CN': chinese, en: english })

/** "11月24日 15:30" by the clock of the hotline. */
export function dayAndTime(at: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(at))
  const of = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return say('day', { month: of('month'), day: of('day'), time: `${of('hour')}:${of('minute')}` })
}
