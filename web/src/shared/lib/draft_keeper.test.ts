// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DraftKeeper, type DraftPlace } from './draft_keeper'

let here: string | undefined
let there: string[]
let isDown: boolean
let told: DraftPlace[]

const keeper = () =>
  new DraftKeeper({
    keepHere: (text) => {
      here = text
      return true
    },
    forgetHere: () => {
      here = undefined
    },
    put: (text) => {
      if (isDown) return Promise.reject(new Error('down'))
      there.push(text)
      return Promise.resolve()
    },
    remove: () => Promise.resolve(),
    now: () => 0,
    told: (place) => told.push(place),
  })

beforeEach(() => {
  vi.useFakeTimers()
  here = undefined
  there = []
  isDown = false
  told = []
})
afterEach(() => vi.useRealTimers())

test('each change is in the browser at once and on the server within three seconds', async () => {
  const k = keeper()
  k.note('a')
  k.note('ab')
  expect(here).toBe('ab')
  expect(there).toEqual([])
  await vi.advanceTimersByTimeAsync(3_000)
  expect(there).toEqual(['ab'])
  expect(told.at(-1)).toBe('server')
})

test('without a change nothing is sent again', async () => {
  const k = keeper()
  k.start('old')
  k.note('old')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(there).toEqual([])
})

test('a line that is down keeps the words here and they go up when it is back', async () => {
  isDown = true
  const k = keeper()
  k.note('typed in the dark')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(there).toEqual([])
  expect(here).toBe('typed in the dark')
  expect(told.at(-1)).toBe('browser')
  isDown = false
  await vi.advanceTimersByTimeAsync(3_000)
  expect(there).toEqual(['typed in the dark'])
})

test('submitting clears both places and nothing is written afterwards', async () => {
  const k = keeper()
  k.note('x')
  await k.discard()
  k.note('y')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(here).toBeUndefined()
  expect(there).toEqual([])
})

test('leaving the page sends what is left and stops', async () => {
  const k = keeper()
  k.note('last words')
  k.close()
  await vi.advanceTimersByTimeAsync(0)
  expect(there).toEqual(['last words'])
  expect(here).toBe('last words')
})
