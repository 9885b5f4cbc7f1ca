// SPDX-License-Identifier: Apache-2.0
// The words of the page where citizens ask, and its times as people say them.
import { fewWords } from '@/shared/lib/few_words'
import type { Word as LiveWord } from '@/shared/api/live'
import english from '@/shared/messages/en/citizen_ask.json'
import liveEnglish from '@/shared/messages/en/live.json'
import chinese from '@/shared/messages/zh-CN/citizen_ask.json'
import liveChinese from '@/shared/messages/zh-CN/live.json'

export type Word = keyof typeof chinese
export const say = fewWords<Word>({ 'zh-CN': chinese, en: english })
export const sayLive = fewWords<LiveWord>({ 'zh-CN': liveChinese, en: liveEnglish })

/** "2026年11月24日 15:30" by the clock of the hotline. */
export function dayAndTime(at: string): string {
  const then = new Date(at)
  if (Number.isNaN(then.getTime())) return ''
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(then)
  const of = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return say('day', { year: of('year'), month: of('month'), day: of('day'), time: `${of('hour')}:${of('minute')}` })
}
