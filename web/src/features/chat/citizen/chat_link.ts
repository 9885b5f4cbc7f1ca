// SPDX-License-Identifier: Apache-2.0
// A citizen's line to the hotline: a ticket by HTTP opens one socket; a line that is lost is opened again with a new ticket.
import { backoff } from '@/shared/lib/backoff'

export type ChatLinkState = 'closed' | 'connecting' | 'open' | 'waiting'

export interface Begun<C> {
  token: string
  ticket: string
  chat: C
}
/** Asking again later may help (wait_s, 0: as usual), or it will not. */
export class NotBegun extends Error {
  constructor(
    readonly isPassing: boolean,
    readonly wait_s: number,
    readonly code: string,
  ) {
    super(code)
  }
}
export interface ChatLinkDeps<C> {
  /** @throws NotBegun */
  begin(): Promise<Begun<C>>
  open(ticket: string): WebSocket
  random(): number
  setTimer(run: () => void, ms: number): number
  clearTimer(timer: number): void
}
export interface ChatLinkEars<C> {
  begun(with_: Begun<C>): void
  opened(): void
  heard(message: { type: string }): void
  became(state: ChatLinkState): void
  /** another page of this browser took its place, or the conversation is over: the line stays closed */
  displaced(): void
  /** it will not be: the line stays closed */
  refused(why: NotBegun): void
}

const pingEvery = 20_000
const silentAfter = 45_000
/** as src/api/chat_citizen_routes.cpp has it: coming back at once would only take the place of another page */
const displaced = 4410

export class ChatLink<C> {
  state: ChatLinkState = 'closed'
  private socket: WebSocket | undefined
  private attempt = 0
  /** one for each try, so that what an older one says late is not heard */
  private turn = 0
  private retryTimer = -1
  private pingTimer = -1
  private silenceTimer = -1

  constructor(
    private readonly deps: ChatLinkDeps<C>,
    private readonly ears: ChatLinkEars<C>,
  ) {}

  start(): void {
    if (this.state !== 'closed') return
    this.attempt = 0
    void this.connect()
  }
  stop(): void {
    this.turn++
    this.deps.clearTimer(this.retryTimer)
    this.drop()
    this.become('closed')
  }
  /** The network is back, as the browser says: no need to wait for the next try. */
  hurry(): void {
    if (this.state !== 'waiting') return
    this.deps.clearTimer(this.retryTimer)
    void this.connect()
  }
  /** @returns whether it went out; what must not be lost is sent again when the line is open */
  send(message: object): boolean {
    if (this.state !== 'open' || !this.socket) return false
    this.socket.send(JSON.stringify(message))
    return true
  }

  private become(state: ChatLinkState): void {
    if (this.state === state) return
    this.state = state
    this.ears.became(state)
  }
  private async connect(): Promise<void> {
    const mine = ++this.turn
    this.become('connecting')
    let begun: Begun<C>
    try {
      begun = await this.deps.begin()
    } catch (error) {
      if (mine === this.turn) this.notBegun(error instanceof NotBegun ? error : new NotBegun(true, 0, 'failed'))
      return
    }
    if (mine !== this.turn) return
    this.ears.begun(begun)
    const socket = this.deps.open(begun.ticket)
    this.socket = socket
    this.listenForSilence()
    socket.onopen = () => {
      if (this.socket !== socket) return
      this.become('open')
      this.ping()
      this.ears.opened()
    }
    socket.onmessage = (frame) => {
      if (this.socket === socket) this.take(String(frame.data))
    }
    socket.onclose = (gone) => {
      if (this.socket !== socket) return
      if (gone.code !== displaced) return this.lost()
      this.drop()
      this.become('closed')
      this.ears.displaced()
    }
  }
  private notBegun(why: NotBegun): void {
    if (!why.isPassing) {
      this.become('closed')
      this.ears.refused(why)
      return
    }
    this.again(why.wait_s * 1000)
  }
  private take(text: string): void {
    this.listenForSilence()
    let message: { type?: unknown }
    try {
      message = JSON.parse(text) as { type?: unknown }
    } catch {
      return
    }
    if (typeof message?.type !== 'string') return
    // Only who was let in and told something starts counting anew.
    this.attempt = 0
    if (message.type !== 'pong') this.ears.heard(message as { type: string })
  }
  private ping(): void {
    this.pingTimer = this.deps.setTimer(() => {
      if (this.send({ type: 'ping' })) this.ping()
    }, pingEvery)
  }
  private listenForSilence(): void {
    this.deps.clearTimer(this.silenceTimer)
    this.silenceTimer = this.deps.setTimer(() => this.lost(), silentAfter)
  }
  private lost(): void {
    this.drop()
    this.again(0)
  }
  private again(atLeast: number): void {
    this.become('waiting')
    const wait = Math.max(atLeast, backoff(this.attempt++, this.deps.random()))
    this.retryTimer = this.deps.setTimer(() => void this.connect(), wait)
  }
  private drop(): void {
    const socket = this.socket
    this.socket = undefined
    this.deps.clearTimer(this.pingTimer)
    this.deps.clearTimer(this.silenceTimer)
    socket?.close()
  }
}
