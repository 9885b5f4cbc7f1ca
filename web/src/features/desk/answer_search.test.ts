// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { FoundAnswer, Understood } from '@/shared/api/knowledge'
import { citizenText, shownOf } from './answer_search'

const answer = (matter: string): FoundAnswer => ({
  article_id: matter.charCodeAt(0), version: 1, matter, title: matter, statement: '按天退费。', text: '', materials: ['身份证', '缴费单'], steps: ['测温'],
  regions: [], transfer: '', source: '', valid_until: null, citizen_text: '您可以申请退费。',
})
const choice = (matter: string, is_safety = false) => ({ matter, title: matter, is_safety })
const understood = (of: Partial<Understood>): Understood => ({ certainty: 'sure', choices: [], found: [], ...of })

it('puts what is meant before what was found besides', () => {
  const shown = shownOf(understood({ choices: [choice('refund')], found: [answer('noise'), answer('refund')] }), '')
  expect(shown.found.map((a) => a.matter)).toEqual(['refund', 'noise'])
  expect(shown).toMatchObject({ choices: [], isUnwritten: false, isLearning: false })
})
it('asks with up to three choices, and follows the one that is picked', () => {
  const of = understood({ certainty: 'choose', choices: ['a', 'b', 'c', 'd'].map((m) => choice(m)), found: [answer('a'), answer('b')] })
  expect(shownOf(of, '').choices.map((c) => c.matter)).toEqual(['a', 'b', 'c'])
  expect(shownOf(of, 'b')).toMatchObject({ choices: [], isUnwritten: false })
  expect(shownOf(of, 'b').found[0]?.matter).toBe('b')
  expect(shownOf(of, 'c').isUnwritten).toBe(true)
})
it('warns when danger may be meant', () => {
  expect(shownOf(understood({ certainty: 'confirm', choices: [choice('gas', true)] }), '').isUrgent).toBe(true)
  expect(shownOf(understood({ certainty: 'choose', choices: [choice('a'), choice('gas', true)] }), '').isUrgent).toBe(true)
  expect(shownOf(understood({ certainty: 'choose', choices: [choice('a')] }), '').isUrgent).toBe(false)
})
it('says when it is still learning, and when nothing is written', () => {
  expect(shownOf(understood({ certainty: 'learning', found: [answer('a')] }), '')).toMatchObject({ isLearning: true, isUnwritten: false })
  expect(shownOf(understood({ choices: [choice('refund')] }), '').isUnwritten).toBe(true)
  expect(shownOf(understood({ certainty: 'unknown' }), '')).toMatchObject({ isUnwritten: false, choices: [], found: [] })
})
it('makes one text of what the citizen is told', () => {
  expect(citizenText(answer('refund'), { materials: '材料', steps: '步骤' })).toBe('按天退费。\n您可以申请退费。\n材料\n1. 身份证\n2. 缴费单\n步骤\n1. 测温')
  const same = { ...answer('refund'), citizen_text: '您好，按天退费。', materials: [], steps: [] }
  expect(citizenText(same, { materials: '材料', steps: '步骤' })).toBe('您好，按天退费。')
})
