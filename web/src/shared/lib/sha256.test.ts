// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { sha256 } from './sha256'

it('is the SHA-256 of the standard', () => {
  const of = (text: string) => sha256(new TextEncoder().encode(text))
  expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('agrees with another at every length around its blocks, and inside a larger buffer', () => {
  const all = new Uint8Array(100_000).map((_, i) => (i * 31 + (i >> 8)) & 255)
  for (const length of [1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000, 99_990]) {
    const some = all.subarray(7, 7 + length)
    expect(sha256(some)).toBe(createHash('sha256').update(some).digest('hex'))
  }
})
