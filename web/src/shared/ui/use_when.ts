// SPDX-License-Identifier: Apache-2.0
// Moments in words: today 15:30, yesterday 19:22, then 11-02.
import { useI18n } from 'vue-i18n'
import { dayOf, hourMinute, hourMinuteSecond, monthDay } from '../lib/duration'
import { serverClock } from '../lib/server_clock'

export function useWhen() {
  const { t } = useI18n()
  /** @param full with the time of day for older days too */
  const when = (at: string | null | undefined, full = false): string => {
    const ms = at ? Date.parse(at) : NaN
    if (Number.isNaN(ms)) return '–'
    const now = serverClock.now()
    const day = dayOf(ms, now)
    if (day === 'date') return full ? `${monthDay(ms, now)} ${hourMinute(ms)}` : monthDay(ms, now)
    return t(`when.${day}`, { time: hourMinute(ms) })
  }
  const clock = (at: string | null | undefined): string => {
    const ms = at ? Date.parse(at) : NaN
    return Number.isNaN(ms) ? '–' : hourMinuteSecond(ms)
  }
  return { when, clock }
}
