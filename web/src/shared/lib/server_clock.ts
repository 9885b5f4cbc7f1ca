// SPDX-License-Identifier: Apache-2.0
// The server's clock as seen from here: every timer on a screen counts from it.

const kept = 32

/**
 * Learns the offset between the server's clock and ours from the `at` of messages.
 * A message that travelled fast shows the largest `at - local`, so the largest of the last
 * few is the best estimate; the window lets a corrected local clock be followed.
 */
export class ServerClock {
  private offsets: number[] = []

  /** @param at RFC 3339 time in a message; @param local our clock when it came, ms */
  observe(at: string, local: number = Date.now()): void {
    const server = Date.parse(at)
    if (Number.isNaN(server)) return
    this.offsets.push(server - local)
    if (this.offsets.length > kept) this.offsets.shift()
  }

  /** ms to add to our clock to get the server's */
  offset(): number {
    return this.offsets.length ? Math.max(...this.offsets) : 0
  }

  now(local: number = Date.now()): number {
    return local + this.offset()
  }

  /** After a reconnect the old samples say nothing about a machine that slept. */
  forget(): void {
    this.offsets = []
  }
}

export const serverClock = new ServerClock()
