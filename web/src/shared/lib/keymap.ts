// SPDX-License-Identifier: Apache-2.0
// Keys of the desk: matched on event.code so that a Chinese input method cannot swallow them.

export interface KeyLike {
  code: string
  key?: string
  altKey: boolean
  ctrlKey: boolean
  shiftKey: boolean
  metaKey: boolean
  isComposing?: boolean
  keyCode?: number
  repeat?: boolean
}

/** "Alt+T" for a press; "" while an input method composes or for a key held down. */
export function chordOf(press: KeyLike): string {
  if (press.isComposing || press.keyCode === 229 || press.repeat || press.metaKey) return ''
  const parts: string[] = []
  if (press.ctrlKey) parts.push('Ctrl')
  if (press.altKey) parts.push('Alt')
  if (press.shiftKey) parts.push('Shift')
  parts.push(codeName(press.code))
  return parts.join('+')
}

function codeName(code: string): string {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3)
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1)
  if (code === 'Slash') return '/'
  if (code === 'NumpadEnter') return 'Enter'
  return code
}

/** A single letter or digit must not fire while somebody types into a field. */
export function isTyping(target: unknown): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

export type KeyActions = Record<string, () => unknown>

/** Runs the action of the press, if there is one. @returns whether there was */
export function runKey(press: KeyboardEvent, actions: KeyActions): boolean {
  const chord = chordOf(press)
  const action = chord ? actions[chord] : undefined
  if (!action) return false
  const isBare = !chord.includes('+') && !/^F\d+$/.test(chord)
  if (isBare && isTyping(press.target)) return false
  press.preventDefault()
  action()
  return true
}
