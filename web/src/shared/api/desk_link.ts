// SPDX-License-Identifier: Apache-2.0
// The desk WebSocket: commands with answers, heartbeat, and coming back after a cut.
import { backoff } from '../lib/backoff'
import type { DeskMessage } from './contract'

export type LinkState = 'closed' | 'connecting' | 'open' | 'waiting'

/** A command was done; some say more beside it. */
export type DeskDone = Extract<DeskMessage, { type: 'done' }>

export interface LinkDeps {
  open(url: string): WebSocket
  random(): number
  setTimer(run: () => void, ms: number): number
  clearTimer(timer: number): void
}

export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly text: string,
  ) {
    super(code)
  }
}

interface Waiter {
  done(message: DeskDone): void
  failed(why: Refused): void
  timer: number
}

const pingEvery = 5_000
const silentAfter = 12_000
const answerWithin = 10_000

const browserDeps: LinkDeps = {
  open: (url) => new WebSocket(url),
  random: Math.random,
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (timer) => window.clearTimeout(timer),
}

export class DeskLink {
  state: LinkState = 'closed'
  private socket: WebSocket | undefined
  private attempt = 0
  private lastId = 0
  private readonly waiters = new Map<number, Waiter>()
  private retryTimer: number | undefined
  private pingTimer: number | undefined
  private silenceTimer: number | undefined

  constructor(
    private readonly url: string,
    private readonly onMessage: (message: DeskMessage) => void,
    private readonly onState: (state: LinkState) => void,
    private readonly deps: LinkDeps = browserDeps,
  ) {}

  start(): void {
    if (this.state !== 'closed') return
    this.attempt = 0
    this.connect()
  }

  stop(): void {
    this.deps.clearTimer(this.retryTimer ?? -1)
    this.drop()
    this.become('closed')
  }

  /** Resolves when the server did it; rejects with Refused when it would not or could not be asked. */
  command(name: string, args: object = {}): Promise<DeskDone> {
    return new Promise((resolve, reject) => {
      if (this.state !== 'open' || !this.socket) {
        reject(new Refused('not_connected', ''))
        return
      }
      const id = ++this.lastId
      const timer = this.deps.setTimer(() => {
        this.waiters.delete(id)
        reject(new Refused('no_answer_from_server', ''))
      }, answerWithin)
      this.waiters.set(id, { done: resolve, failed: reject, timer })
      this.socket.send(JSON.stringify({ type: 'command', id, name, args }))
    })
  }

  private become(state: LinkState): void {
    if (this.state === state) return
    this.state = state
    this.onState(state)
  }

  private connect(): void {
    this.become('connecting')
    const socket = this.deps.open(this.url)
    this.socket = socket
    this.listenForSilence()
    socket.onopen = () => {
      if (this.socket !== socket) return
      this.become('open')
      this.ping()
    }
    socket.onmessage = (frame) => {
      if (this.socket === socket) this.take(String(frame.data))
    }
    socket.onclose = () => {
      if (this.socket === socket) this.lost()
    }
  }

  private take(text: string): void {
    this.listenForSilence()
    let message: DeskMessage
    try {
      message = JSON.parse(text) as DeskMessage
    } catch {
      return
    }
    if (message.type === 'hello') this.attempt = 0
    if (message.type === 'done' || message.type === 'refused') this.settle(message)
    this.onMessage(message)
  }

  private settle(message: DeskDone | { type: 'refused'; id: number; code: string; text?: string }): void {
    const waiter = this.waiters.get(message.id)
    if (!waiter) return
    this.waiters.delete(message.id)
    this.deps.clearTimer(waiter.timer)
    if (message.type === 'done') waiter.done(message)
    else waiter.failed(new Refused(message.code ?? 'refused', message.text ?? ''))
  }

  private ping(): void {
    this.pingTimer = this.deps.setTimer(() => {
      if (this.state !== 'open') return
      // Answered by `pong`, which counts as a sign of life like any other message.
      this.socket?.send(JSON.stringify({ type: 'command', id: 0, name: 'ping', args: {} }))
      this.ping()
    }, pingEvery)
  }

  /** A line that says nothing is a line that is lost, even when the socket still looks open. */
  private listenForSilence(): void {
    this.deps.clearTimer(this.silenceTimer ?? -1)
    this.silenceTimer = this.deps.setTimer(() => this.lost(), silentAfter)
  }

  private lost(): void {
    this.drop()
    this.become('waiting')
    this.retryTimer = this.deps.setTimer(() => this.connect(), backoff(this.attempt++, this.deps.random()))
  }

  private drop(): void {
    const socket = this.socket
    this.socket = undefined
    this.deps.clearTimer(this.pingTimer ?? -1)
    this.deps.clearTimer(this.silenceTimer ?? -1)
    for (const waiter of this.waiters.values()) {
      this.deps.clearTimer(waiter.timer)
      waiter.failed(new Refused('not_connected', ''))
    }
    this.waiters.clear()
    socket?.close()
  }
}

/** ws(s) address of the desk on the host this page came from. */
export function deskAddress(from: Location, path = '/api/v1/desk'): string {
  return `${from.protocol === 'https:' ? 'wss' : 'ws'}://${from.host}${path}`
}
