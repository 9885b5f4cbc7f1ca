// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { ArticleContent, ArticleView } from '@/shared/api/knowledge'
import { beginsWith, blankContent, contentOf, faultsOf, formOf, newRow, partOf, readKept, rowsPasted, sameContent } from './article_form'
import { minuteIn, minuteText, timeIn } from '@/shared/lib/minute'

const content: ArticleContent = {
  title: '室温不达标怎么退费', statement: '低于 18 度按天退费', texts: { agent: '先核实', citizen: '可以退费', voice: '可以退费' },
  materials: ['身份证', '缴费单'], steps: ['测温', '申请'], regions: [], transfer: '6000', source: '供热条例第二十一条',
  valid_until: new Date(2027, 2, 31, 0, 0).toISOString(), review_by: null, owner_id: 41,
}

it('holds what it was given, and sends it back the same', () => {
  expect(contentOf(formOf(content))).toEqual(content)
})
it('leaves out empty rows and spaces around', () => {
  const form = formOf(content)
  form.title = '  室温  '
  form.materials.push(newRow('  '), newRow(' 照片 '))
  expect(contentOf(form)).toMatchObject({ title: '室温', materials: ['身份证', '缴费单', '照片'] })
})
it('gives every row an id of its own', () => {
  const form = formOf(content)
  const ids = [...form.materials, ...form.steps].map((row) => row.id)
  expect(new Set(ids).size).toBe(ids.length)
})
it('lets a draft want parts, and what is submitted not', () => {
  const form = formOf(blankContent(41))
  expect(faultsOf(form, false)).toEqual({ title: 'missing' })
  expect(Object.keys(faultsOf(form, true))).toEqual(['title', 'statement', 'texts.agent', 'texts.citizen', 'texts.voice', 'source'])
  expect(faultsOf(formOf(content), true)).toEqual({})
  form.valid_until = '明天'
  expect(faultsOf(form, false).valid_until).toBe('no_minute')
})
it('finds the part of a fault of the server', () => {
  expect(partOf('texts.voice')).toBe('texts.voice')
  expect(partOf('content.statement')).toBe('statement')
  expect(partOf('materials.2')).toBe('materials')
  expect(partOf('owner_id')).toBe('owner')
  expect(partOf('nothing')).toBeUndefined()
})
it('begins with what is open, else with what is said', () => {
  const version = (number: number, state: 'draft' | 'approved') => ({ number, state, content, writers: [], approved_by: '', brought_back_by: '', from: null, words: '' })
  const view = { line: { version: 1, open_version: 3 }, versions: [version(3, 'draft'), version(2, 'approved'), version(1, 'approved')] } as unknown as ArticleView
  expect(beginsWith(view)?.number).toBe(3)
  view.line.open_version = 0
  expect(beginsWith(view)?.number).toBe(1)
  view.line.version = 0
  expect(beginsWith({ ...view, versions: view.versions.slice(1) })?.number).toBe(2)
})
it('reads a draft of this browser only when it is whole', () => {
  const kept = { was: content, content: { ...content, title: '改' }, matter: 'refund', at: 5 }
  expect(readKept(JSON.stringify(kept))).toEqual(kept)
  for (const broken of [undefined, '', '{', 'null', '[]', '{"content":{}}', JSON.stringify({ ...kept, content: { ...content, steps: [1] } })]) expect(readKept(broken)).toBeUndefined()
})
it('calls contents the same whatever spaces stand around', () => {
  expect(sameContent(content, { ...content, title: ` ${content.title}` })).toBe(true)
  expect(sameContent(content, { ...content, steps: ['测温'] })).toBe(false)
})
it('reads a minute as people write it', () => {
  expect(timeIn('8:05')).toBe('08:05')
  expect(timeIn('0805')).toBe('08:05')
  expect(timeIn('24:00')).toBeUndefined()
  expect(minuteText(minuteIn('2026/12/1 8：30'))).toBe('2026-12-01 08:30')
  expect(minuteText(minuteIn('2026-12-01'))).toBe('2026-12-01 00:00')
  expect(minuteIn('2026-02-30 08:00')).toBeUndefined()
  expect(minuteText(null)).toBe('')
})
it('takes a pasted list as rows, without its bullets and numbers', () => {
  expect(rowsPasted('1. 身份证\r\n2、缴费单\n（3）照片\n\n• 2026 年的收据')).toEqual(['身份证', '缴费单', '照片', '2026 年的收据'])
  expect(rowsPasted('只有一行')).toEqual(['只有一行'])
  expect(rowsPasted('18 度以下\n1.5 米以内\n-5 度')).toEqual(['18 度以下', '1.5 米以内', '-5 度'])
})
