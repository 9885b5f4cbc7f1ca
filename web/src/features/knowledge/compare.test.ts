// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { blankContent } from './article_form'
import { compareContents } from './compare'

const one = { ...blankContent(1), title: '退费', statement: '低于 18 度退费', materials: ['身份证', '缴费单'], texts: { agent: '核实', citizen: '可以退', voice: '可以退' } }

it('names only the parts that are not the same', () => {
  const two = { ...one, statement: '低于 16 度退费', materials: ['身份证'], texts: { ...one.texts, voice: '可以退费' }, valid_until: '2027-03-31T00:00:00Z' }
  const found = compareContents(one, two, String)
  expect(found.map((p) => p.part)).toEqual(['statement', 'texts.voice', 'materials', 'valid_until'])
  expect(found[0]?.rows[0]?.filter((m) => m.kind !== 'same')).toEqual([{ kind: 'gone', text: '18' }, { kind: 'new', text: '16' }])
  expect(found[2]?.rows).toEqual([[{ kind: 'same', text: '身份证' }], [{ kind: 'gone', text: '缴费单' }]])
})
it('finds nothing in a version and itself', () => {
  expect(compareContents(one, { ...one }, String)).toEqual([])
})
it('says who owns it in words', () => {
  const found = compareContents(one, { ...one, owner_id: 2 }, (id) => (id === 1 ? '甲' : '乙'))
  expect(found[0]?.rows[0]?.map((m) => m.text)).toEqual(['甲', '乙'])
})
