// SPDX-License-Identifier: Apache-2.0
// Messages of conversations as one list: each once, in the order they were kept, whatever order they came in.

interface Numbered {
  chat: number
  number: number
}

/** Conversations are numbered as they begin, messages within one; a message that comes again replaces itself. */
export function merged<T extends Numbered>(before: readonly T[], more: readonly T[]): T[] {
  const all = new Map(before.map((m) => [`${m.chat}/${m.number}`, m]))
  for (const m of more) all.set(`${m.chat}/${m.number}`, m)
  return [...all.values()].sort((a, b) => a.chat - b.chat || a.number - b.number)
}

/** "1.4 MB" for people: a file's size with one digit after the point where it is short. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB']
  let value = bytes / 1024
  let at = 0
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024
    at++
  }
  return `${(value < 100 ? value.toFixed(1) : String(Math.round(value))).replace('.0', '')} ${units[at]}`
}
