// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { actionsFor, canPress, deskCall, type DeskCall } from './call_actions'

const states: DeskCall[] = ['', 'ringing', 'answering', 'talking', 'held', 'consulting', 'consulted', 'conference', 'dialling', 'monitoring']

test('hang-up keeps its place, last, in every state of a call', () => {
  for (const state of states.filter((s) => s !== 'ringing' && s !== 'monitoring'))
    expect(actionsFor(state).at(-1)?.name).toBe('hang_up')
})

test('nothing can be pressed that is not shown', () => {
  for (const state of states) {
    const shown = actionsFor(state).map((a) => a.name)
    const names = ['answer', 'decline', 'mute', 'hold', 'transfer', 'consult', 'three_way', 'survey', 'secure', 'keypad', 'complete', 'join', 'cancel', 'hang_up', 'stop_monitor'] as const
    for (const name of names) if (canPress(name, state)) expect(shown, `${name} in ${state}`).toContain(name)
  }
})

test('no key means two things in one state', () => {
  for (const state of states) {
    const keys = actionsFor(state).filter((a) => canPress(a.name, state)).map((a) => a.keys).filter(Boolean)
    expect(new Set(keys).size).toBe(keys.length)
  }
})

test('without a call there is nothing to press; while dialling one can give up', () => {
  expect(actionsFor('').some((a) => canPress(a.name, ''))).toBe(false)
  expect(canPress('hang_up', 'dialling')).toBe(true)
  expect(canPress('transfer', 'dialling')).toBe(false)
})

test('who is consulted cannot end the consult of another, who asked can', () => {
  const parties = [{ leg: 2, role: 'agent', name: '', state: 'talking' }, { leg: 3, role: 'consulted', name: '', state: 'talking' }]
  expect(deskCall({ call_state: 'consulting', own_leg: 3, parties })).toBe('consulted')
  expect(deskCall({ call_state: 'consulting', own_leg: 2, parties })).toBe('consulting')
  expect(canPress('complete', 'consulted')).toBe(false)
  expect(deskCall(undefined)).toBe('')
})
