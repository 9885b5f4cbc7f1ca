// SPDX-License-Identifier: Apache-2.0
// Spans and moments as people read them.

const two = (n: number) => String(n).padStart(2, '0')

/** 222000 -> "03:42", 4500000 -> "1:15:00"; negative spans read as zero. */
export function clockSpan(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
  return s >= 3600 ? `${Math.floor(s / 3600)}:${rest}` : rest
}

/** Time left, rounded up so that 00:00 is shown only when it is over. */
export function countdown(ms: number): string {
  return clockSpan(Math.ceil(Math.max(0, ms) / 1000) * 1000)
}

export function since(from: string | null | undefined, now: number): number {
  const at = from ? Date.parse(from) : NaN
  return Number.isNaN(at) ? 0 : Math.max(0, now - at)
}

export type DayWord = 'today' | 'yesterday' | 'date'

/** Which day a moment falls on, seen from now, in local time. */
export function dayOf(at: number, now: number): DayWord {
  const day = (ms: number) => {
    const d = new Date(ms)
    return new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime()
  }
  const days = Math.round((day(now) - day(at)) / 86_400_000)
  return days === 0 ? 'today' : days === 1 ? 'yesterday' : 'date'
}

export function hourMinute(at: number): string {
  const d = new Date(at)
  return `${two(d.getHours())}:${two(d.getMinutes())}`
}

export function hourMinuteSecond(at: number): string {
  return `${hourMinute(at)}:${two(new Date(at).getSeconds())}`
}

/** "11-02", with the year when it is another one. */
export function monthDay(at: number, now: number): string {
  const d = new Date(at)
  const text = `${two(d.getMonth() + 1)}-${two(d.getDate())}`
  return d.getFullYear() === new Date(now).getFullYear() ? text : `${d.getFullYear()}-${text}`
}

/** Local "2026-11-24" of a moment, the form date inputs speak. */
export function dateInput(at: number): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}

/** Start of a local day as RFC 3339, `days` later; undefined when the text is no date. */
export function dayStart(text: string, days = 0): string | undefined {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!m) return undefined
  return new Date(Number(m[1]), Number(m[2]) - 1, Number(m[3]) + days).toISOString()
}
