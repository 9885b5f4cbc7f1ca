// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from 'vitest'
import { type Begun, ChatLink, type ChatLinkState, NotBegun } from './chat_link'

class Line {
  onopen: (() => void) | null = null
  onclose: ((gone: { code: number }) => void) | null = null
  onmessage: ((frame: { data: string }) => void) | null = null
  sent: object[] = []
  isClosed = false
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.isClosed = true
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}

let lines: Line[]
let tickets: string[]
let timers: Map<number, { run: () => void; due: number }>
let now: number
let states: ChatLinkState[]
let heard: { type: string }[]
let refused: NotBegun[]
let opened: number
let displaced: number
let begin: () => Promise<Begun<string>>
let link: ChatLink<string>
const line = () => lines.at(-1)!
/** What was asked over HTTP is answered. */
const answered = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve()
}
async function pass(ms: number) {
  const until = now + ms
  for (;;) {
    const next = [...timers].filter(([, t]) => t.due <= until).sort((a, b) => a[1].due - b[1].due)[0]
    if (!next) break
    timers.delete(next[0])
    now = next[1].due
    next[1].run()
    await answered()
  }
  now = until
}

beforeEach(() => {
  lines = []
  tickets = []
  timers = new Map()
  now = 0
  states = []
  heard = []
  refused = []
  opened = 0
  displaced = 0
  let lastTimer = 0
  let ticket = 0
  begin = () => Promise.resolve({ token: 't', ticket: `k${++ticket}`, chat: 'c' })
  link = new ChatLink<string>({
    begin: () => begin(),
    open: (with_) => {
      tickets.push(with_)
      lines.push(new Line())
      return line() as unknown as WebSocket
    },
    random: () => 1,
    setTimer: (run, ms) => {
      timers.set(++lastTimer, { run, due: now + ms })
      return lastTimer
    },
    clearTimer: (timer) => void timers.delete(timer),
  }, {
    begun: () => undefined,
    opened: () => opened++,
    displaced: () => displaced++,
    heard: (m) => heard.push(m),
    became: (s) => states.push(s),
    refused: (why) => refused.push(why),
  })
})

test('a ticket opens the line, and each try has a ticket of its own', async () => {
  link.start()
  await answered()
  line().onopen?.()
  expect([states, tickets, opened]).toEqual([['connecting', 'open'], ['k1'], 1])
  line().onclose?.({ code: 1006 })
  await pass(400)
  expect(tickets).toEqual(['k1', 'k2'])
})
test('what is said while the line is down does not go out', async () => {
  link.start()
  expect(link.send({ type: 'say' })).toBe(false)
  await answered()
  line().onopen?.()
  expect(link.send({ type: 'say' })).toBe(true)
  expect(line().sent).toEqual([{ type: 'say' }])
})
test('a line that says nothing for 45 s is lost although it looks open', async () => {
  link.start()
  await answered()
  line().onopen?.()
  await pass(40_000)
  expect(line().sent).toEqual([{ type: 'ping' }, { type: 'ping' }])
  line().say({ type: 'pong' })
  await pass(44_000)
  expect(link.state).toBe('open')
  await pass(1_000)
  expect(lines[0]!.isClosed).toBe(true)
  expect(heard).toEqual([])
})
test('tries come slower and slower until something is heard', async () => {
  begin = () => Promise.reject(new NotBegun(true, 0, 'offline'))
  link.start()
  await answered()
  const due = () => [...timers.values()][0]!.due - now
  expect(due()).toBe(400)
  await pass(400)
  expect(due()).toBe(800)
  await pass(800)
  expect(due()).toBe(1600)
})
test('who is told to wait waits that long', async () => {
  begin = () => Promise.reject(new NotBegun(true, 30, 'too_many_tries'))
  link.start()
  await answered()
  expect([...timers.values()][0]!.due).toBe(30_000)
})
test('a browser that is online again does not wait for the next try', async () => {
  begin = () => Promise.reject(new NotBegun(true, 30, 'too_many_tries'))
  link.start()
  await answered()
  begin = () => Promise.resolve({ token: 't', ticket: 'now', chat: 'c' })
  link.hurry()
  await answered()
  expect(tickets).toEqual(['now'])
})
test('what is refused for good is not tried again', async () => {
  begin = () => Promise.reject(new NotBegun(false, 0, 'not_offered'))
  link.start()
  await answered()
  expect(refused.map((r) => r.code)).toEqual(['not_offered'])
  expect([link.state, timers.size]).toEqual(['closed', 0])
})
test('a page whose place another took does not take it back by itself', async () => {
  link.start()
  await answered()
  line().onopen?.()
  line().onclose?.({ code: 4410 })
  expect([link.state, displaced, timers.size]).toEqual(['closed', 1, 0])
})
test('an answer that comes after the line was closed opens nothing', async () => {
  link.start()
  link.stop()
  await answered()
  expect([link.state, tickets]).toEqual(['closed', []])
})
test('what cannot be read is not heard', async () => {
  link.start()
  await answered()
  line().onopen?.()
  for (const data of ['{', 'null', '7', '{"type":3}']) line().onmessage?.({ data })
  line().say({ type: 'chat' })
  expect(heard).toEqual([{ type: 'chat' }])
})
