// SPDX-License-Identifier: Apache-2.0
// Nothing typed is lost: each change is kept in this browser at once and on the server within 3 s.

export type DraftPlace = 'none' | 'browser' | 'server'

export interface DraftDeps {
  /** kept at once, survives F5 and a crash */
  keepHere(text: string): boolean
  forgetHere(): void
  /** survives another machine; rejects when the line is down */
  put(text: string): Promise<void>
  remove(): Promise<void>
  now(): number
  /** told after each change of place or time */
  told(place: DraftPlace, at: number): void
}

export class DraftKeeper {
  private text = ''
  private sent = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private sending: Promise<void> | undefined
  private closed = false

  constructor(
    private readonly deps: DraftDeps,
    private readonly every = 3_000,
  ) {}

  /** What was found on opening: it needs no sending. */
  start(text: string): void {
    this.text = text
    this.sent = text
  }

  note(text: string): void {
    if (this.closed || text === this.text) return
    this.text = text
    if (this.deps.keepHere(text)) this.deps.told('browser', this.deps.now())
    this.timer ??= setTimeout(() => void this.flush(), this.every)
  }

  /** Sends what is not on the server yet; keeps trying every 3 s while that fails. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.closed) return true
    await this.sending
    if (this.text === this.sent) return true
    const text = this.text
    let isSaved = false
    this.sending = this.deps.put(text).then(
      () => {
        isSaved = true
        this.sent = text
        this.deps.told('server', this.deps.now())
      },
      () => {
        this.timer ??= this.closed ? undefined : setTimeout(() => void this.flush(), this.every)
      },
    )
    await this.sending
    this.sending = undefined
    return isSaved
  }

  /** The form was submitted or thrown away. */
  async discard(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    await this.sending
    this.deps.forgetHere()
    this.deps.told('none', this.deps.now())
    await this.deps.remove().catch(() => undefined)
  }

  /** The page goes away: what is not on the server stays in the browser. */
  close(): void {
    void this.flush()
    this.closed = true
    clearTimeout(this.timer)
  }
}
