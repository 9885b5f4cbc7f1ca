// SPDX-License-Identifier: Apache-2.0
// public/widget.js is loaded by pages of others as it stands: small, and nothing of it stays in their page.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = readFileSync(new URL('../../../public/widget.js', import.meta.url), 'utf8')

test('the loader has at most 5 kB as it is sent, without any compression', () => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5_000)
})
test('it makes no name, no style and no mark-up in the page of others', () => {
  expect(text).toMatch(/^(\/\/.*\n)+\(\(\) => \{/)
  expect(text).not.toMatch(/innerHTML|document\.write|\beval\b|createElement\('style'\)|localStorage|document\.cookie|window\.\w+ =/)
  expect(text.match(/document\.(body|head|documentElement)\.append/g)).toEqual(['document.body.append'])
})
test('it hears only its own frame', () => {
  expect(text).toContain('event.source !== frame.contentWindow || event.origin !== home')
})
