// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { codecOrder } from './codec_order'

test('A-law comes first and what we do not speak is left out', () => {
  const offered = ['audio/opus', 'audio/red', 'audio/PCMU', 'audio/PCMA', 'audio/CN', 'audio/telephone-event']
  const names = codecOrder(offered.map((mimeType) => ({ mimeType, clockRate: 8000 }))).map((c) => c.mimeType)
  expect(names).toEqual(['audio/PCMA', 'audio/PCMU', 'audio/opus', 'audio/telephone-event'])
})
