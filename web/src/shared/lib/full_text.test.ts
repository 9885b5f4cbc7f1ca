// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { tellFullText } from './full_text'

const element = (text: string) => Object.assign(document.createElement('span'), { textContent: text })

test('a cut text is told whole, and no longer once there is room', () => {
  const e = element('  a long\n address ')
  tellFullText(e, true)
  expect(e.title).toBe('a long address')
  tellFullText(e, false)
  expect(e.title).toBe('')
})

test('a title of its own stays', () => {
  const e = element('cut')
  e.title = 'own'
  tellFullText(e, true)
  tellFullText(e, false)
  expect(e.title).toBe('own')
})
