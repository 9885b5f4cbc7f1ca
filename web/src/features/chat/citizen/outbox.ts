// SPDX-License-Identifier: Apache-2.0
// What the citizen wrote and the hotline has not yet on disk: kept through reloads, sent again with the same key.
import { newKey } from '@/shared/lib/new_key'

export interface Unsent {
  key: string
  type: 'say' | 'leave_message'
  text: string
  /** of a choice that was picked */
  matter?: string
  /** of a message that is left */
  contact?: string
  /** why the hotline would not have it, as a word; "": it is on its way */
  why: string
}

const most = 50

export const unsent = (of: Partial<Unsent> & Pick<Unsent, 'text'>): Unsent => ({ key: newKey(), type: 'say', why: '', ...of })

/** As it goes over the line. */
export function frameOf(one: Unsent): object {
  const { type, key, text } = one
  if (type === 'leave_message') return { type, key, text, contact: one.contact ?? '' }
  return one.matter ? { type, key, text, matter: one.matter } : { type, key, text }
}

/** Without those that are on disk: by their keys. */
export const settled = (box: readonly Unsent[], keys: readonly string[]): Unsent[] => box.filter((one) => !keys.includes(one.key))

export const refusedIn = (box: readonly Unsent[], key: string, why: string): Unsent[] =>
  box.map((one) => (one.key === key ? { ...one, why } : one))

const isText = (x: unknown): x is string => typeof x === 'string'
function isUnsent(x: unknown): x is Unsent {
  const one = x as Unsent | null
  return !!one && isText(one.key) && /^[\w-]{1,64}$/.test(one.key) && (one.type === 'say' || one.type === 'leave_message')
    && isText(one.text) && isText(one.why) && [one.matter, one.contact].every((v) => v === undefined || isText(v))
}
/** Of before a reload; what is not whole is left out. */
export function readOutbox(text: string | undefined): Unsent[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(found) ? found.filter(isUnsent).slice(-most) : []
  } catch {
    return []
  }
}
