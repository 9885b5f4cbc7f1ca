// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { ServerClock } from './server_clock'

const at = (ms: number) => new Date(ms).toISOString()

test('without a message the clock is our own', () => {
  expect(new ServerClock().now(1_000)).toBe(1_000)
})

test('the fastest message tells the offset, a delayed one does not move it', () => {
  const clock = new ServerClock()
  clock.observe(at(5_000), 1_000)
  clock.observe(at(6_000), 2_700)
  expect(clock.offset()).toBe(4_000)
  expect(clock.now(10_000)).toBe(14_000)
})

test('old samples leave, so that a corrected local clock is followed', () => {
  const clock = new ServerClock()
  clock.observe(at(9_000), 0)
  for (let i = 0; i < 32; i++) clock.observe(at(1_000), 1_000)
  expect(clock.offset()).toBe(0)
})

test('a text that is no time is left out, and forgetting starts afresh', () => {
  const clock = new ServerClock()
  clock.observe('yesterday', 0)
  expect(clock.offset()).toBe(0)
  clock.observe(at(500), 0)
  clock.forget()
  expect(clock.offset()).toBe(0)
})
