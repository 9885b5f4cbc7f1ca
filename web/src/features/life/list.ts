// SPDX-License-Identifier: Apache-2.0
// What a page knows of a personal list without asking the server: where a place is, what is ready, what to keep.
import type { LifeAnswers, LifeMaterial, LifePlace, LifeTurn } from '@/shared/api/life'

/** A search on a map; an address such as "the police station of your street" finds what is near. */
export const mapOf = (place: LifePlace): string => `https://uri.amap.com/search?keyword=${encodeURIComponent(`${place.title} ${place.address}`)}`

export const readyOf = (materials: LifeMaterial[]): string[] => materials.filter((one) => one.is_ready).map((one) => one.code)
/** One tick more or less. */
export const toggled = (ready: string[], code: string): string[] => (ready.includes(code) ? ready.filter((one) => one !== code) : [...ready, code])
/** The list with these ticks; what one is given on the way is never missing. */
export function withReady(turn: LifeTurn, ready: string[]): LifeTurn {
  const materials = turn.materials.map((one) => ({ ...one, is_ready: ready.includes(one.code) }))
  return { ...turn, materials, missing: materials.filter((one) => !one.given_by && !one.is_ready).length }
}
/** The answers without the last one that was given. */
export function oneBack(turn: LifeTurn): LifeAnswers {
  const answers: LifeAnswers = {}
  for (const one of turn.asked.slice(0, -1)) answers[one.code] = one.choice
  return answers
}
/** The pass in the fragment of a link, or ''. */
export const passIn = (hash: string): string => (/^#[\w-]{22}$/.test(hash) ? hash.slice(1) : '')

export interface Kept {
  event: string
  answers: LifeAnswers
  ready: string[]
}
const isText = (x: unknown): x is string => typeof x === 'string'
/** What was answered before the page was loaded again; undefined when it is not whole. */
export function readKept(text: string | null): Kept | undefined {
  try {
    const found = JSON.parse(text ?? 'null') as Kept | null
    const isWhole = !!found && isText(found.event) && !!found.answers && Object.values(found.answers).every(isText) && Array.isArray(found.ready) && found.ready.every(isText)
    return isWhole ? { event: found.event, answers: found.answers, ready: found.ready } : undefined
  } catch {
    return undefined
  }
}
