// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { CaseProgress } from '@/shared/api/contract'
import { actOf, blankAct, buttons, mainOf, missing } from './acts'

const progress = {
  proposal: { unit: { id: 4, name: '道里站' }, reasons: [], alternatives: [] },
  demands: [{ number: 1, text: '不热', answer: '' }, { number: 2, text: '退费', answer: '' }],
} as unknown as CaseProgress

it('offers one button for what the engine tells apart, the way on first', () => {
  expect(buttons(['urge', 'object', 'confirm', 'object_unheard'])).toEqual(['confirm', 'urge'])
  expect(buttons(['pause', 'return', 'accept', 'take_over'])).toEqual(['accept', 'pause', 'return'])
})

it('colours the way on and nothing else: taking a case back is never the first thing to press', () => {
  expect(mainOf(buttons(['withdraw', 'urge', 'co_handle']))).toBeUndefined()
  expect(mainOf(buttons(['withdraw', 'dispatch', 'urge']))).toBe('dispatch')
})

it('asks for every demand to be answered', () => {
  const draft = blankAct(progress)
  draft.answers['1'] = '已调阀'
  expect(missing('reply', draft)).toBe('answers')
  draft.answers['2'] = '按规定退三天'
  expect(missing('reply', draft)).toBeUndefined()
  expect(actOf('reply', 7, draft)).toEqual({ version: 7, verb: 'reply', answers: { 1: '已调阀', 2: '按规定退三天' } })
})

it('sends the proposed unit and asks for a reason only where one is needed', () => {
  const draft = blankAct(progress)
  expect(missing('dispatch', draft)).toBeUndefined()
  expect(missing('assign', draft)).toBe('why')
  expect(actOf('dispatch', 1, draft)).toEqual({ version: 1, verb: 'dispatch', unit: 4, why: '' })
})

it('asks for the number of the case that is the same, and leaves the finding to who sends it', () => {
  const draft = blankAct(progress)
  expect(missing('link_duplicate', draft)).toBe('other')
  draft.other = '1124-0217'
  expect(missing('link_duplicate', draft)).toBeUndefined()
  expect(actOf('link_duplicate', 3, draft)).toEqual({ version: 3, verb: 'link_duplicate' })
})

it('asks solved and satisfied apart', () => {
  const draft = blankAct(progress)
  expect(missing('confirm', draft)).toBe('solved')
  const said = (solved: 'yes' | 'unhappy' | 'no') => actOf('confirm', 1, { ...draft, solved })
  expect(said('yes')).toMatchObject({ solved: true, satisfied: true })
  expect(said('unhappy')).toMatchObject({ solved: true, satisfied: false })
  expect(said('no')).toEqual({ version: 1, verb: 'confirm', solved: false, text: '' })
})
