// SPDX-License-Identifier: Apache-2.0
// What was done to a text, to be undone and done again. A run of small edits of one thing is one step.

export interface History {
  past: string[]
  now: string
  future: string[]
  /** what the last edit was about; "" begins a new step whatever comes */
  tag: string
}
const stepsMax = 200

export const begun = (text: string): History => ({ past: [], now: text, future: [], tag: '' })

/** @param tag edits with the same tag, one after the other, are undone together */
export function did(h: History, text: string, tag = ''): History {
  if (text === h.now) return h
  const isSameStep = tag !== '' && tag === h.tag
  return { past: isSameStep ? h.past : [...h.past, h.now].slice(-stepsMax), now: text, future: [], tag }
}
/** The next edit is a step of its own. */
export const paused = (h: History): History => ({ ...h, tag: '' })

export function undone(h: History): History {
  const before = h.past.at(-1)
  return before === undefined ? h : { past: h.past.slice(0, -1), now: before, future: [h.now, ...h.future], tag: '' }
}
export function redone(h: History): History {
  const [next, ...future] = h.future
  return next === undefined ? h : { past: [...h.past, h.now], now: next, future, tag: '' }
}
