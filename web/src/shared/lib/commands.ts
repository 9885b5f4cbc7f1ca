// SPDX-License-Identifier: Apache-2.0
// What can be done now, offered by the parts on the screen for the command palette.
import { onBeforeUnmount, onMounted, shallowReactive } from 'vue'

export interface Command {
  id: string
  word: string
  /** the key that does the same, or "" */
  keys: string
  run(): unknown
}

const offers = shallowReactive(new Set<() => Command[]>())

/** Offers `list` while this part is shown; it is asked anew each time, so it may depend on the call. */
export function offerCommands(list: () => Command[]): void {
  onMounted(() => offers.add(list))
  onBeforeUnmount(() => offers.delete(list))
}
export function commandsNow(): Command[] {
  return [...offers].flatMap((list) => list())
}

/** Those whose word holds every typed part, in any order; those that begin with it stand first. */
export function found<T extends { word: string }>(all: T[], text: string): T[] {
  const parts = text.toLowerCase().split(/\s+/).filter(Boolean)
  const place = (c: T) => (c.word.toLowerCase().startsWith(parts[0] ?? '') ? 0 : 1)
  const fitting = all.filter((c) => parts.every((part) => c.word.toLowerCase().includes(part)))
  return fitting.map((c, i) => [c, i] as const).sort(([a, i], [b, j]) => place(a) - place(b) || i - j).map(([c]) => c)
}
