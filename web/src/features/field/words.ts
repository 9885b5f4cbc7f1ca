// SPDX-License-Identifier: Apache-2.0
// The words of the repairer's page, without the weight of a whole translator.
import english from '@/shared/messages/en/field.json'
import chinese from '@/shared/messages/zh-CN/field.json'

export type Word = keyof typeof chinese
const table: Record<Word, string> = navigator.language.startsWith('en') ? english : chinese

export function say(word: Word, values: Record<string, string | number> = {}): string {
  return table[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
/** The word when there is one, else the code itself. */
export function sayCode(prefix: string, code: string): string {
  return table[`${prefix}${code}` as Word] ?? code
}
/** "报修 · 不热"; what its type is called for a kind this page has no word for. */
export function sayKind(job: { kind: string; kind_title: string }): string {
  return table[`kind_${job.kind}` as Word] ?? (job.kind_title || job.kind)
}
/** "15:26", of the phone's own day. */
export function clockOf(at: string): string {
  const time = new Date(at)
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`
}
/** "11-24 15:26" */
export function dayClockOf(at: string): string {
  const time = new Date(at)
  return `${time.getMonth() + 1}-${time.getDate()} ${clockOf(at)}`
}
