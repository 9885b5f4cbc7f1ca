// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from 'vitest'
import type { DeskMessage } from './contract'
import { DeskLink, deskAddress, type LinkState, type Refused } from './desk_link'

class Line {
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((frame: { data: string }) => void) | null = null
  sent: { id: number; name: string; args: object }[] = []
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
let timers: Map<number, { run: () => void; due: number }>
let now: number
let states: LinkState[]
let messages: DeskMessage[]
let link: DeskLink

function pass(ms: number) {
  const until = now + ms
  for (;;) {
    const next = [...timers].filter(([, t]) => t.due <= until).sort((a, b) => a[1].due - b[1].due)[0]
    if (!next) break
    timers.delete(next[0])
    now = next[1].due
    next[1].run()
  }
  now = until
}
const line = () => lines.at(-1)!

beforeEach(() => {
  lines = []
  timers = new Map()
  now = 0
  states = []
  messages = []
  let lastTimer = 0
  link = new DeskLink('ws://desk', (m) => messages.push(m), (s) => states.push(s), {
    open: () => {
      lines.push(new Line())
      return line() as unknown as WebSocket
    },
    random: () => 1,
    setTimer: (run, ms) => {
      timers.set(++lastTimer, { run, due: now + ms })
      return lastTimer
    },
    clearTimer: (timer) => void timers.delete(timer),
  })
  link.start()
  line().onopen?.()
})

test('a command ends with the answer that carries its number', async () => {
  const first = link.command('hold')
  const second = link.command('ready')
  line().say({ type: 'refused', id: 1, code: 'not_in_a_call' })
  line().say({ type: 'done', id: 2 })
  await expect(first).rejects.toMatchObject({ code: 'not_in_a_call' })
  await expect(second).resolves.toEqual({ type: 'done', id: 2 })
})

test('a command that cannot be asked says so at once', async () => {
  line().onclose?.()
  await expect(link.command('hold')).rejects.toMatchObject({ code: 'not_connected' })
})

test('a command without an answer does not wait for ever', async () => {
  const lost = link.command('hold').catch((e: Refused) => e.code)
  for (let i = 0; i < 3; i++) {
    pass(4_000)
    line().say({ type: 'pong', at: '' })
  }
  expect(await lost).toBe('no_answer_from_server')
})

test('a cut line fails what was under way and comes back with growing pauses', async () => {
  const lost = link.command('hold').catch((e: Refused) => e.code)
  line().onclose?.()
  expect(await lost).toBe('not_connected')
  pass(399)
  expect(lines).toHaveLength(1)
  pass(1)
  expect(lines).toHaveLength(2)
  line().onclose?.()
  pass(799)
  expect(lines).toHaveLength(2)
  pass(1)
  expect(lines).toHaveLength(3)
})

test('a hello ends the growing: the next cut starts small again', () => {
  line().onclose?.()
  pass(400)
  line().onopen?.()
  line().say({ type: 'hello', at: '', desk: {} })
  line().onclose?.()
  pass(400)
  expect(lines).toHaveLength(3)
})

test('silence on an open socket is a lost line', () => {
  pass(11_999)
  expect(states.at(-1)).toBe('open')
  pass(1)
  expect(states.at(-1)).toBe('waiting')
  expect(lines[0]!.isClosed).toBe(true)
})

test('it pings every five seconds', () => {
  pass(5_000)
  line().say({ type: 'pong', at: '' })
  pass(5_000)
  expect(line().sent.filter((c) => c.name === 'ping')).toHaveLength(2)
})

test('a late word of an old socket changes nothing, nor does a broken one', () => {
  const old = line()
  old.onclose?.()
  pass(400)
  old.say({ type: 'desk', at: '', desk: {} })
  line().onmessage?.({ data: '{' })
  expect(messages).toEqual([])
})

test('a stopped link stays away', () => {
  link.stop()
  pass(60_000)
  expect(lines).toHaveLength(1)
  expect(states.at(-1)).toBe('closed')
})

test('the address follows the page', () => {
  expect(deskAddress({ protocol: 'https:', host: 'desk.example:8443' } as Location)).toBe('wss://desk.example:8443/api/v1/desk')
})
