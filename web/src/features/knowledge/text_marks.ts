// SPDX-License-Identifier: Apache-2.0
// What one text has otherwise than another: by words where there are words, by characters in Chinese.

export interface Mark {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** More pairs than this are compared by sentences: the page answers at once, however long the texts. */
const pairsMax = 1_500_000

/** "2026年12月1日" is 2026, 年, 12, …: a number or a Latin word changes as a whole. */
export const wordsOf = (text: string): string[] => text.match(/\d+(?:[.:]\d+)*|[A-Za-z]+|\s+|[\s\S]/gu) ?? []
const sentencesOf = (text: string): string[] => text.match(/[^\n。！？；]*[\n。！？；]|[^\n。！？；]+/g) ?? []

/** The longest common run of pieces, as marks; equal neighbours are not joined yet. */
function compare(before: string[], after: string[]): Mark[] {
  const wide = after.length + 1
  // best[i, j]: pieces in common of what is left after i and j.
  const best = new Uint32Array((before.length + 1) * wide)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      best[i * wide + j] = before[i] === after[j] ? best[(i + 1) * wide + j + 1]! + 1 : Math.max(best[(i + 1) * wide + j]!, best[i * wide + j + 1]!)
  const out: Mark[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      out.push({ kind: 'same', text: before[i]! })
      i++
      j++
    } else if (i < before.length && (j === after.length || best[(i + 1) * wide + j]! >= best[i * wide + j + 1]!)) out.push({ kind: 'gone', text: before[i++]! })
    else out.push({ kind: 'new', text: after[j++]! })
  }
  return out
}

/** Between two places that are the same, first what is gone and then what is new, each in one piece. */
function joined(marks: Mark[]): Mark[] {
  const out: Mark[] = []
  let gone = ''
  let added = ''
  const flush = () => {
    if (gone) out.push({ kind: 'gone', text: gone })
    if (added) out.push({ kind: 'new', text: added })
    gone = added = ''
  }
  for (const mark of marks) {
    if (mark.kind === 'gone') gone += mark.text
    else if (mark.kind === 'new') added += mark.text
    else {
      flush()
      const last = out[out.length - 1]
      if (last?.kind === 'same') last.text += mark.text
      else out.push({ ...mark })
    }
  }
  flush()
  return out
}

export function marksOf(before: string, after: string): Mark[] {
  if (before === after) return before ? [{ kind: 'same', text: before }] : []
  let a = wordsOf(before)
  let b = wordsOf(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const first = a.slice(0, head).join('')
  const last = a.slice(a.length - tail).join('')
  a = a.slice(head, a.length - tail)
  b = b.slice(head, b.length - tail)
  const pieces = () => {
    if (a.length * b.length <= pairsMax) return compare(a, b)
    const [older, newer] = [sentencesOf(a.join('')), sentencesOf(b.join(''))]
    if (older.length * newer.length <= pairsMax) return compare(older, newer)
    return [{ kind: 'gone', text: a.join('') }, { kind: 'new', text: b.join('') }] satisfies Mark[]
  }
  const same = (text: string): Mark[] => (text ? [{ kind: 'same', text }] : [])
  return joined([...same(first), ...pieces(), ...same(last)])
}

/** Of a list, each row with its marks: rows that stand in both hold their place, and what is between them is paired. */
export function rowMarks(before: string[], after: string[]): Mark[][] {
  const out: Mark[][] = []
  let gone: string[] = []
  let added: string[] = []
  const flush = () => {
    for (let i = 0; i < Math.max(gone.length, added.length); i++) out.push(marksOf(gone[i] ?? '', added[i] ?? ''))
    gone = []
    added = []
  }
  for (const mark of compare(before, after)) {
    if (mark.kind === 'gone') gone.push(mark.text)
    else if (mark.kind === 'new') added.push(mark.text)
    else {
      flush()
      out.push([mark])
    }
  }
  flush()
  return out
}
