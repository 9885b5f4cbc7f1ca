// SPDX-License-Identifier: Apache-2.0
// A minute as people write it: "2026-12-01 08:00", by the clock of this place.
import { dateInput, hourMinute } from './duration'
import { dayIn } from './day_text'

/** "8:05", "08：05", "0805" -> "08:05"; undefined for what is no time of day */
export function timeIn(text: string): string | undefined {
  const found = /^(\d{1,2})\s*[:：.]\s*(\d{2})$/.exec(text.trim()) ?? /^(\d{2})(\d{2})$/.exec(text.trim())
  if (!found) return undefined
  const [hour, minute] = [Number(found[1]), Number(found[2])]
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined
}

/** As RFC 3339; undefined for what is no minute. A day alone is its beginning. */
export function minuteIn(text: string): string | undefined {
  const [day = '', ...rest] = text.trim().split(/\s+/)
  const iso = dayIn(day)
  const time = rest.length ? timeIn(rest.join('')) : '00:00'
  if (!iso || !time) return undefined
  const [year, month, date] = iso.split('-').map(Number)
  const [hour, minute] = time.split(':').map(Number)
  return new Date(year!, month! - 1, date, hour, minute).toISOString()
}

export function minuteText(at: string | null | undefined): string {
  const ms = at ? Date.parse(at) : NaN
  return Number.isNaN(ms) ? '' : `${dateInput(ms)} ${hourMinute(ms)}`
}
