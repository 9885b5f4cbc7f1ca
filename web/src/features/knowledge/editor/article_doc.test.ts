// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { blankContent, contentOf, formOf } from '../article_form'
import { docOf, linesPasted, partsOf, partsOfForm, putParts, sameParts } from './article_doc'

const full = {
  ...blankContent(3), title: '不热怎么办', statement: '四小时内联系。', texts: { agent: '先问楼层。\n再看阀门。', citizen: '请看阀门。', voice: '' },
  materials: ['户号', '身份证'], steps: ['报修'], regions: [], transfer: '12345', source: '第三条', valid_until: '2027-12-31T15:59:00.000Z',
}

describe('an article as a document', () => {
  it('comes back as it went, with every part of its own type', () => {
    const form = formOf(full)
    const doc = docOf(partsOfForm(form))
    expect(doc.content?.map((node) => node.type)).toEqual(['statement', 'agent_text', 'citizen_text', 'voice_text', 'materials', 'steps', 'valid_until', 'transfer'])
    const other = formOf(blankContent(3))
    putParts(other, partsOf(doc))
    expect(contentOf({ ...other, title: form.title, source: form.source })).toEqual(contentOf(form))
  })
  it('shows an empty part only where it is wanted, and an empty part is nothing', () => {
    const blank = partsOfForm(formOf(blankContent(1)))
    expect(docOf(blank).content).toHaveLength(4)
    const doc = docOf(blank, ['steps', 'transfer'])
    expect(doc.content?.map((node) => node.type).slice(4)).toEqual(['steps', 'transfer'])
    expect(sameParts(partsOf(doc), blank)).toBe(true)
  })
  it('keeps the rows that did not change', () => {
    const form = formOf(full)
    const before = form.materials
    putParts(form, { ...partsOfForm(form), steps: ['报修', '上门'] })
    expect(form.materials).toBe(before)
    expect(form.steps.map((row) => row.text)).toEqual(['报修', '上门'])
  })
  it('puts a paste in by the kind of the part', () => {
    const blocks = [{ kind: 'heading', text: '材料' }, { kind: 'item', text: '1、户号' }, { kind: 'paragraph', text: '第一\n第二' }] as const
    expect(linesPasted([...blocks], 'list')).toEqual(['材料', '户号', '第一', '第二'])
    expect(linesPasted([...blocks], 'text')).toEqual(['材料', '· 1、户号', '第一', '第二'])
    expect(linesPasted([...blocks], 'line')).toEqual(['材料1、户号第一第二'])
  })
})
