// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { faultOf, fileMax } from './send_file'

test('what would be refused anyway is told before it is sent', () => {
  const of = (size: number, type: string) => faultOf({ size, type })
  expect(of(0, 'image/jpeg')).toBe('file_empty')
  expect(of(fileMax + 1, 'image/jpeg')).toBe('file_too_large')
  expect(of(9, 'application/x-msdownload')).toBe('file_kind')
  expect(of(9, 'text/html')).toBe('file_kind')
  for (const type of ['image/png', 'application/pdf', 'text/plain', '']) expect(of(fileMax, type)).toBeUndefined()
})
