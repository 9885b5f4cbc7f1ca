// SPDX-License-Identifier: Apache-2.0
// The words of the citizen's chat, and its times as people say them.
import { fewWords, locale } from '@/shared/lib/few_words'
import type { Word as LiveWord } from '@/shared/api/live'
import english from '@/shared/messages/en/citizen_chat.json'
import liveEnglish from '@/shared/messages/en/live.json'
import chinese from '@/shared/messages/zh-CN/citizen_chat.json'
import liveChinese from '@/shared/messages/zh-CN/live.json'

export type Word = keyof typeof chinese
export const say = fewWords<Word>({ 'zh-CN': chinese, en: english })

/** ... of what is looked up, the same as on its own page. */
export const sayLive = fewWords<LiveWord>({ 'zh-CN': liveChinese, en: liveEnglish })

/** What the hotline understands as "none of these", whatever the page's language. */
export const noneOfThese = chinese.none_of_these

const has = (word: string): word is Word => word in chinese
/** A word of the server; what this page does not know yet is said in general. */
export const sayCode = (code: string): string => {
  const word = code.replace(/^chat_/, '')
  return say(has(word) ? word : 'failed')
}
export const sayNote = (note: string, text = ''): string => {
  const word = `note_${note}`
  return say(has(word) ? word : 'note_other', { what: text })
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
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** "mon-fri 08:30-17:30", as the server writes opening hours, in words; what is none is left as it is. */
export function hoursText(span: string): string {
  const [days = '', clock = ''] = span.split(' ')
  const all = say('days')
  const names = all.includes(' ') ? all.split(' ') : [...all]
  const name = (day: string) => {
    const found = names[weekdays.indexOf(day)]
    return found ? say('day_name', { day: found }) : day
  }
  const told = days === 'daily' ? say('daily') : days.split(',').map((part) => {
    const [from = '', to] = part.split('-')
    return to ? say('day_range', { from: name(from), to: name(to) }) : name(from)
  }).join(locale.value === 'en' ? ', ' : '、')
  return `${told} ${clock.replace('-', '–')}`.trim()
}
/** A work number, said as one; "" while nobody has it. */
export const agentText = (number: string): string => (/^\w+$/.test(number) ? say('agent_n', { n: number }) : number)
export { locale }
