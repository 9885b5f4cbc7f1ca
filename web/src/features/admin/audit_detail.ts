// SPDX-License-Identifier: Apache-2.0
// Which fields of an audited fact are read beside its name.

/** "2026-11-22T08:00:00.000000Z", as the server writes moments; a moment that is none is 1970. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

export const isMoment = (text: string): boolean => moment.test(text)

export function textsOf(body: Record<string, unknown>): string[] {
  return Object.values(body).filter((v): v is string => typeof v === 'string' && v !== '' && !(isMoment(v) && Date.parse(v) === 0))
}
