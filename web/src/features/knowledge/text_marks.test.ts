// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { marksOf, rowMarks, wordsOf, type Mark } from './text_marks'

const short = (marks: Mark[]) => marks.map((m) => (m.kind === 'same' ? m.text : m.kind === 'gone' ? `-${m.text}-` : `+${m.text}+`)).join('')
const without = (marks: Mark[], kind: Mark['kind']) => marks.filter((m) => m.kind !== kind).map((m) => m.text).join('')

it('marks a changed Chinese character, and a number as a whole', () => {
  expect(short(marksOf('室温低于18度可以退费', '室温低于16度可申请退费'))).toBe('室温低于-18-+16+度可-以-+申请+退费')
  expect(wordsOf('11月15日 8:00 OK')).toEqual(['11', '月', '15', '日', ' ', '8:00', ' ', 'OK'])
})
it('says nothing changed of the same text, and all of an empty one', () => {
  expect(marksOf('不变', '不变')).toEqual([{ kind: 'same', text: '不变' }])
  expect(marksOf('', '')).toEqual([])
  expect(short(marksOf('', '新的'))).toBe('+新的+')
  expect(short(marksOf('旧的', ''))).toBe('-旧的-')
})
it('keeps a character of two halves whole', () => {
  expect(short(marksOf('𠮷野', '𠮷田'))).toBe('𠮷-野-+田+')
})
it('gives back both texts, whatever they are', () => {
  const alphabet = '暖气热不。1 a\n'
  let seed = 7
  const next = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
  const text = () => Array.from({ length: next(30) }, () => alphabet[next(alphabet.length)]).join('')
  for (let i = 0; i < 300; i++) {
    const [before, after] = [text(), text()]
    const marks = marksOf(before, after)
    expect(without(marks, 'new')).toBe(before)
    expect(without(marks, 'gone')).toBe(after)
  }
})
it('compares long texts by sentences, quickly', () => {
  const line = (n: number) => `第${n}条：请带身份证和缴费单到营业厅办理。`
  const before = Array.from({ length: 2_000 }, (_, i) => line(i)).join('')
  const after = Array.from({ length: 2_000 }, (_, i) => line(i % 2 ? i : i + 5_000)).join('')
  const from = performance.now()
  const marks = marksOf(before, after)
  expect(performance.now() - from).toBeLessThan(2_000)
  expect(without(marks, 'new')).toBe(before)
  expect(without(marks, 'gone')).toBe(after)
})
it('pairs the rows of a list that changed and keeps the others', () => {
  const rows = rowMarks(['身份证', '缴费单', '房产证'], ['身份证', '缴费单原件', '房产证', '照片'])
  expect(rows.map(short)).toEqual(['身份证', '缴费单+原件+', '房产证', '+照片+'])
  expect(rowMarks(['一', '二'], ['二']).map(short)).toEqual(['-一-', '二'])
})
