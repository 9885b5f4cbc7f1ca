// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { causes, toneOf } from './causes'

test('only lost calls are red', () => {
  expect(causes.filter((c) => toneOf(c) === 'danger')).toContain('abandoned')
  expect(toneOf('completed')).toBe('idle')
  expect(toneOf('busy')).toBe('')
  expect(toneOf('')).toBe('talk')
})
