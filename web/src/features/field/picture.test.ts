// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { nextToSend, type Picture, placed_within_ms, placeText, strokesInBox, takenAt } from './picture'

const at = '2026-11-22T08:00:00.000Z'
const now = Date.parse(at)
const picture = (id: number, more: Partial<Picture> = {}): Picture => ({
  id, user_id: 1, job_id: 7, purpose: 'before', name: '', type: 'image/jpeg', at, place: '', is_placed: true, key: `k${id}`,
  data: new Blob(['x']), state: 'waiting', ...more,
})

test('pictures go in the order they were taken, past what was sent or refused', () => {
  expect(nextToSend([picture(3), picture(2), picture(1, { state: 'sent' })], now)?.id).toBe(2)
  expect(nextToSend([picture(1, { state: 'refused' }), picture(2)], now)?.id).toBe(2)
  expect(nextToSend([picture(1, { state: 'sent' })], now)).toBeUndefined()
})

test('a picture waits a moment for its place, never for ever, and nothing overtakes it', () => {
  const asked = [picture(1, { is_placed: false }), picture(2)]
  expect(nextToSend(asked, now + 1_000)).toBeUndefined()
  expect(nextToSend(asked, now + placed_within_ms + 1)?.id).toBe(1)
})

test('a picture keeps its own time, but never one to come', () => {
  expect(takenAt(now - 60_000, now)).toBe('2026-11-22T07:59:00.000Z')
  expect(takenAt(now + 60_000, now)).toBe(at)
  expect(takenAt(0, now)).toBe(at)
})

test('a place is told with how far it may be off', () => {
  expect(placeText({ latitude: 36.1, longitude: 103.8, accuracy_m: 12.4 })).toBe('36.10000, 103.80000 ±12 m')
  expect(placeText({})).toBe('')
})

test('a signature is moved into its own box', () => {
  const drawn = strokesInBox('110,60 130,90;120,70 115,75', 10)
  expect(drawn.lines).toEqual([[[10, 10], [30, 40]], [[20, 20], [15, 25]]])
  expect([drawn.width, drawn.height]).toEqual([40, 50])
})
