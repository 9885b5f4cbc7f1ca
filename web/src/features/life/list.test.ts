// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { LifeTurn } from '@/shared/api/life'
import english from '@/shared/messages/en/citizen_list.json'
import chinese from '@/shared/messages/zh-CN/citizen_list.json'
import { mapOf, oneBack, passIn, readKept, readyOf, toggled, withReady } from './list'

const material = (code: string, given_by = '', is_ready = false) => ({ code, title: code, count: '原件', purpose: '', given_by, is_ready })
const turn = (of: Partial<LifeTurn>): LifeTurn => ({ event: 'card', title: '办卡', says: '', question: '', choices: [], asked: [], services: [], materials: [], places: [], cost: '', missing: 0, as_of: '', telephone: '', ...of })

it('counts what is still missing, without what one is given on the way', () => {
  const list = withReady(turn({ materials: [material('id'), material('photo'), material('receipt', '挂失')] }), ['id'])
  expect(list.missing).toBe(1)
  expect(readyOf(list.materials)).toEqual(['id'])
})
it('ticks and unticks', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
})
it('goes back by one answer', () => {
  const asked = ['a', 'b'].map((code) => ({ code, title: code, choice: `${code}1`, choice_title: '' }))
  expect(oneBack(turn({ asked }))).toEqual({ a: 'a1' })
  expect(oneBack(turn({}))).toEqual({})
})
it('finds a place on the map whatever stands in its address', () => {
  expect(mapOf({ code: 'h', title: '大厅', address: '东街1号&x=<b>', hours: '' })).toBe(`https://uri.amap.com/search?keyword=${encodeURIComponent('大厅 东街1号&x=<b>')}`)
})
it('takes a pass for a pass and nothing else', () => {
  expect(passIn(`#${'a'.repeat(22)}`)).toHaveLength(22)
  expect(['', '#', '#abc', `#${'a'.repeat(21)}<`].map(passIn)).toEqual(['', '', '', ''])
})
it('reads back what was answered, or nothing', () => {
  const kept = { event: 'card', answers: { lost: 'yes' }, ready: ['id'] }
  expect(readKept(JSON.stringify(kept))).toEqual(kept)
  for (const broken of [null, '', '{', '[]', '{"event":1}', '{"event":"a","answers":{"b":1},"ready":[]}']) expect(readKept(broken)).toBeUndefined()
})
it('says everything in both languages', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
})
