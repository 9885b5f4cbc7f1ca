// SPDX-License-Identifier: Apache-2.0
// The words of the citizen's chat, and its times as people say them.
import { fewWords, locale } from '@/shared/lib/few_words'
import english from '@/shared/messages/en/citizen_chat.json'
import chinese from '@/shared/messages/zh-CN/citizen_chat.json'

export type Word = keyof typeof chinese
export const say = fewWords<Word>({ 'zh-CN': chinese, en: english })

/** What the hotline understands as "none of these", whatever the page's language. */
export const noneOfThese = chinese.none_of_these

const has = (word: string): word is Word => word in chinese
/** A word of the server; what this page does not know yet is said in general. */
export const sayCode = (code: string): string => say(has(code) ? code : 'failed')
export const sayNote = (note: string): string => {
  const word = `note_${note}`
  return say(has(word) ? word : 'note_other')
}

function partsOf(at: string): ((type: string) => string) | undefined {
  const then = new Date(at)
  if (Number.isNaN(then.getTime())) return undefined
  // By the clock of the hotline, wherever the reader is.
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(then)
  return (type) => parts.find((p) => p.type === type)?.value ?? ''
}
/** "2026年11月24日 15:30" */
export function dayAndTime(at: string): string {
  const of = partsOf(at)
  return of ? say('day', { year: of('year'), month: of('month'), day: of('day'), time: `${of('hour')}:${of('minute')}` }) : ''
}
/** "15:30" of today, else with the day. */
export function shortTime(at: string, now: number): string {
  const of = partsOf(at)
  if (!of) return ''
  const today = partsOf(new Date(now).toISOString())!
  const isToday = (['year', 'month', 'day'] as const).every((p) => of(p) === today(p))
  return isToday ? `${of('hour')}:${of('minute')}` : dayAndTime(at)
}
export { locale }
