// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { channelsOf, spansOf } from './wave'

test('marks become places on the line and are cut at the ends', () => {
  const spans = spansOf({ length_ms: 10_000, marks: [{ span: 'hold', from_ms: 2_500, to_ms: 5_000 }, { span: 'secure_input', from_ms: 9_000, to_ms: 12_000 }, { span: 'hold', from_ms: 4, to_ms: 4 }] })
  expect(spans).toEqual([
    { kind: 'hold', left: 25, width: 25, seconds: 3 },
    { kind: 'secure_input', left: 90, width: 10, seconds: 1 },
  ])
})

test('an empty recording has no spans', () => {
  expect(spansOf({ length_ms: 0, marks: [{ span: 'hold', from_ms: 0, to_ms: 5 }] })).toEqual([])
})

test('both channels have one length and the loudest fills the height', () => {
  const [left, right] = channelsOf({ per_second: 10, left: [0, 100, 50], right: [25] })
  expect(left).toEqual([0, 1, 0.5])
  expect(right).toEqual([0.25, 0, 0])
})

test('silence stays a line', () => {
  const [left] = channelsOf({ per_second: 10, left: [0.01, 0.01], right: [] })
  expect(Math.max(...left)).toBeLessThan(0.3)
})
