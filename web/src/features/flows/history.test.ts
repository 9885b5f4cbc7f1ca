// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { begun, did, paused, redone, undone } from './history'

it('undoes and does again', () => {
  const h = did(did(begun('a'), 'b'), 'c')
  expect([undone(h).now, undone(undone(h)).now, undone(undone(undone(h))).now]).toEqual(['b', 'a', 'a'])
  expect(redone(undone(h))).toEqual({ ...h, tag: '' })
  expect(redone(h)).toBe(h)
})
it('takes typing into one field for one step, until something else is done', () => {
  const typed = did(did(begun('a'), 'ab', 'note'), 'abc', 'note')
  expect(undone(typed).now).toBe('a')
  expect(undone(did(typed, 'x', 'other')).now).toBe('abc')
  expect(undone(did(paused(typed), 'abcd', 'note')).now).toBe('abc')
  expect(undone(did(did(begun('a'), 'b'), 'c')).now).toBe('b')
})
it('forgets what was undone once something new is done, and the oldest of very many steps', () => {
  expect(did(undone(did(begun('a'), 'b')), 'c').future).toEqual([])
  let h = begun('0')
  for (let i = 1; i <= 500; i++) h = did(h, String(i))
  expect(h.past.length).toBe(200)
  expect(did(h, h.now)).toBe(h)
})
