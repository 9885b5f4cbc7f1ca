// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { faultOf, fileMax, NotSent, sendFile } from './send_file'

test('what would be refused anyway is told before it is sent', () => {
  const of = (size: number, type: string) => faultOf({ size, type })
  expect(of(0, 'image/jpeg')).toBe('file_empty')
  expect(of(fileMax + 1, 'image/jpeg')).toBe('file_too_large')
  expect(of(9, 'application/x-msdownload')).toBe('file_kind')
  expect(of(9, 'text/html')).toBe('file_kind')
  for (const type of ['image/png', 'application/pdf', 'text/plain', '']) expect(of(fileMax, type)).toBeUndefined()
})

const parcel = { chat: 7, token: 't', key: 'k', file: Object.assign(new Blob([new Uint8Array(1_200_000)]), { name: 'a.jpg' }) }

test('a file goes in pieces, each from where the last one ended', async () => {
  const from: number[] = []
  const shares: number[] = []
  const number = await sendFile(parcel, (share) => shares.push(share), undefined, async (_, offset, onSent) => {
    from.push(offset)
    const received = Math.min(1_200_000, offset + 524_288)
    onSent(received - offset)
    return { received, number: received === 1_200_000 ? 12 : 0 }
  })
  expect([number, from]).toEqual([12, [0, 524_288, 1_048_576]])
  expect(shares.at(-1)).toBe(1)
})
test('a file that does not come further is given up', async () => {
  await expect(sendFile(parcel, () => undefined, undefined, async () => ({ received: 0, number: 0 }))).rejects.toBeInstanceOf(NotSent)
})
