// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import english from '@/shared/messages/en/citizen_ask.json'
import chinese from '@/shared/messages/zh-CN/citizen_ask.json'
import { begin, type CitizenAnswer, declined, heard, isNumber, openChoices, readTalk, type Reply, said } from './talk'

const answer: CitizenAnswer = { article_id: 1, version: 2, title: '退费', statement: '按天退', text: '', materials: [], steps: [], regions: [], transfer: '', source: '条例', valid_until: null, as_of: '2026-11-23T08:00:00Z' }
const reply = (of: Partial<Reply>): Reply => ({ certainty: 'unknown', choices: [], answer: null, offer_person: false, telephone: '6000', ...of })
const three = [{ matter: 'a', title: '一' }, { matter: 'b', title: '二' }, { matter: 'c', title: '三' }, { matter: 'd', title: '四' }]

it('answers, and knows the hotline from then on', () => {
  const talk = heard(said(begin(), '怎么退费'), reply({ certainty: 'sure', answer }))
  expect(talk.turns.map((turn) => turn.kind)).toEqual(['citizen', 'answer'])
  expect(talk).toMatchObject({ telephone: '6000', failed: 0, offersPerson: false })
})
it('offers a person at once after two turns that did not help', () => {
  const once = heard(said(begin(), '啊'), reply({}))
  expect(once.offersPerson).toBe(false)
  expect(heard(said(once, '啊啊'), reply({})).offersPerson).toBe(true)
})
it('counts "none of these" as a turn that did not help', () => {
  let talk = heard(said(begin(), '水'), reply({ certainty: 'choose', choices: three }))
  expect(talk.failed).toBe(0)
  talk = declined(talk, '都不是')
  expect(talk).toMatchObject({ failed: 1, offersPerson: false })
  talk = declined(heard(said(talk, '水管'), reply({ certainty: 'choose', choices: three })), '都不是')
  expect(talk.offersPerson).toBe(true)
})
it('counts anew after an answer', () => {
  const talk = heard(said(heard(said(begin(), '啊'), reply({})), '退费'), reply({ certainty: 'sure', answer }))
  expect(heard(said(talk, '嗯'), reply({})).offersPerson).toBe(false)
})
it('offers a person when the server says so', () => {
  expect(heard(begin(), reply({ certainty: 'choose', choices: three, offer_person: true })).offersPerson).toBe(true)
})
it('offers to look up what this page knows how to, of the last reply only', () => {
  const talk = heard(said(begin(), '到哪了'), reply({ certainty: 'sure', answer, live: 'Application' }))
  expect(talk.live).toBe('Application')
  expect(readTalk(JSON.stringify(talk))?.live).toBe('Application')
  expect(said(talk, '谢谢').live).toBeUndefined()
  expect(heard(talk, reply({ live: 'None' })).live).toBeUndefined()
  expect(readTalk(JSON.stringify({ ...talk, live: '"><b>' }))?.live).toBeUndefined()
})
it('offers up to three choices, of the last turn only', () => {
  const talk = heard(said(begin(), '水'), reply({ certainty: 'choose', choices: three }))
  expect(openChoices(talk)?.choices).toHaveLength(3)
  expect(openChoices(said(talk, '二'))).toBeUndefined()
})
it('says it plainly when the robot is learning and when nothing is written', () => {
  const kinds = (of: Partial<Reply>) => heard(begin(), reply(of)).turns.map((turn) => turn.kind)
  expect(kinds({ certainty: 'learning' })).toEqual(['learning'])
  expect(kinds({ certainty: 'sure' })).toEqual(['unwritten'])
  expect(kinds({ certainty: 'chosen' })).toEqual(['unwritten'])
  expect(kinds({ certainty: 'choose' })).toEqual(['unknown'])
})
it('is read back whole or not at all', () => {
  const talk = heard(said(heard(said(begin(), '退'), reply({ certainty: 'confirm', choices: three })), '一'), reply({ certainty: 'sure', answer }))
  expect(readTalk(JSON.stringify(talk))).toEqual(talk)
  for (const broken of [null, '', '{', '[]', '{"turns":[{"kind":"answer"}],"failed":0,"offersPerson":false,"telephone":""}', '{"turns":[]}']) expect(readTalk(broken)).toBeUndefined()
})
it('forgets the oldest of a long talk', () => {
  let talk = begin()
  for (let i = 0; i < 100; i++) talk = said(talk, String(i))
  expect(talk.turns).toHaveLength(40)
  expect(talk.turns[39]).toEqual({ kind: 'citizen', text: '99' })
})
it('rings only numbers', () => {
  expect(['6000', '010-12345678', '+8610123'].every(isNumber)).toBe(true)
  expect(['', 'javascript:alert(1)', '60 00', '6000;ext=1'].some(isNumber)).toBe(false)
})
it('says everything in both languages', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
})
