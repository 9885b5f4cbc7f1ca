// @vitest-environment happy-dom
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { pageOf } from './frame_words'

test('the page is told without its query, and only when it is one', () => {
  expect(pageOf('?page=https%3A%2F%2Fwww.city.example%2Fheat%3Fid%3D7%23x', '')).toBe('https://www.city.example/heat')
  expect(pageOf('', 'https://www.city.example/a?token=1')).toBe('https://www.city.example/a')
  expect(pageOf('?page=javascript:alert(1)', 'https://www.city.example/')).toBe('')
  expect(pageOf('', '')).toBe('')
})
