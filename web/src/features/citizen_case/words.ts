// SPDX-License-Identifier: Apache-2.0
// The words of the citizen's case: sentences for what the server sends as keys, and plain times.
import { fewWords } from '@/shared/lib/few_words'
import english from '@/shared/messages/en/citizen.json'
import chinese from '@/shared/messages/zh-CN/citizen.json'

export type Word = keyof typeof chinese
export const say = fewWords<Word>({ 'zh-CN': chinese, en: english })

/** The sentence of a key from the server, or of `other` for one that this page does not know. */
export function sayOf(prefix: string, key: string, other: Word, values: Record<string, string | number> = {}): string {
  const word = `${prefix}_${key}`
  return say(word in chinese ? (word as Word) : other, values)
}

const zone = 'Asia/Shanghai'
const parts = (at: Date) => {
  const all = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string) => all.find((p) => p.type === type)?.value ?? ''
  return { day: Number(of('day')), month: Number(of('month')), date: `${of('year')}-${of('month')}-${of('day')}`, time: `${of('hour')}:${of('minute')}` }
}

/** "今天 15:30", "明天 10:41", else "11月24日 09:00", by the clock of the hotline. */
export function plainTime(at: string, now: string): string {
  const then = parts(new Date(at))
  const near = (days: number) => parts(new Date(Date.parse(now) + days * 86_400_000)).date === then.date
  if (near(0)) return say('today', { time: then.time })
  if (near(1)) return say('tomorrow', { time: then.time })
  if (near(-1)) return say('yesterday', { time: then.time })
  return say('day', { month: then.month, day: then.day, time: then.time })
}
