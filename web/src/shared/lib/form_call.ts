// SPDX-License-Identifier: Apache-2.0
// One tap from a form to a call that knows where its reader is stuck: the page's name, the field, and what the form said last. Never
// what was filled in.

export interface FormPlace {
  page: string
  field: string
  fault: string
}
/** characters; the hotline takes as many bytes of Chinese */
const most = { page: 40, field: 26, fault: 66 }
const keys = ['page', 'field', 'fault'] as const

const tidy = (text: string, of: keyof FormPlace) => text.replace(/\s+/g, ' ').trim().slice(0, most[of])

/** isNow: the call begins as the page opens. */
export function formCallAddress(callPage: string, place: FormPlace, isNow: boolean): string {
  const hash = new URLSearchParams(isNow ? { now: '1' } : {})
  for (const key of keys) if (place[key]) hash.set(key, tidy(place[key], key))
  return `${callPage}#${hash.toString()}`
}
export function placeIn(hash: string): FormPlace {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const of = (key: keyof FormPlace) => tidy(given.get(key) ?? '', key)
  return { page: of('page'), field: of('field'), fault: of('fault') }
}
/** Whether this page was opened to call at once, and by a page of ours: no other site may start a call with somebody's microphone. */
export function mayCallNow(hash: string): boolean {
  if (new URLSearchParams(hash.replace(/^#/, '')).get('now') !== '1') return false
  try {
    return (window.opener as Window | null)?.location.origin === location.origin
  } catch {
    return false
  }
}
/** In the press itself, as browsers ask. */
export function callFromForm(callPage: string, place: FormPlace): void {
  const address = formCallAddress(callPage, place, true)
  if (!window.open(address, '_blank')) location.assign(address)
}
/** The words beside a field of a form. */
export function labelOf(target: EventTarget | null): string {
  const labels = (target as Partial<HTMLInputElement> | null)?.labels
  return labels?.[0]?.textContent ?? ''
}
