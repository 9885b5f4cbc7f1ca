// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { fill } from './few_words'

test('places are filled and unknown ones stay to be seen', () => {
  expect(fill('call {number} now {what}', { number: 6000 })).toBe('call 6000 now {what}')
})
