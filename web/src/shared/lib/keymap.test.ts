// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { chordOf, runKey } from './keymap'

const press = (code: string, more: object = {}) =>
  ({ code, altKey: false, ctrlKey: false, shiftKey: false, metaKey: false, ...more })

test('a chord is read from the code, whatever letter the input method makes of it', () => {
  expect(chordOf(press('KeyT', { altKey: true, key: '†' }))).toBe('Alt+T')
  expect(chordOf(press('F9'))).toBe('F9')
  expect(chordOf(press('NumpadEnter', { ctrlKey: true }))).toBe('Ctrl+Enter')
  expect(chordOf(press('Numpad3'))).toBe('3')
  expect(chordOf(press('Slash', { altKey: true }))).toBe('Alt+/')
})

test('nothing happens while an input method composes, nor when a key is held down', () => {
  expect(chordOf(press('F2', { isComposing: true }))).toBe('')
  expect(chordOf(press('KeyA', { keyCode: 229 }))).toBe('')
  expect(chordOf(press('F4', { repeat: true }))).toBe('')
})

test('letters alone are left to the field somebody types into, function keys are not', () => {
  const letter = vi.fn()
  const answer = vi.fn()
  const field = document.createElement('textarea')
  document.body.append(field)
  field.addEventListener('keydown', (event) => runKey(event, { L: letter, F2: answer }))
  field.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyL' }))
  field.dispatchEvent(new KeyboardEvent('keydown', { code: 'F2' }))
  expect(letter).not.toHaveBeenCalled()
  expect(answer).toHaveBeenCalledOnce()
})

test('a key with an action is taken away from the browser', () => {
  const event = new KeyboardEvent('keydown', { code: 'KeyS', ctrlKey: true, cancelable: true })
  expect(runKey(event, { 'Ctrl+S': () => undefined })).toBe(true)
  expect(event.defaultPrevented).toBe(true)
})
