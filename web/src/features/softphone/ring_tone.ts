// SPDX-License-Identifier: Apache-2.0
// The ring: two soft notes once every two seconds, made here so that nothing has to be fetched.

export class RingTone {
  private context: AudioContext | undefined
  private timer: ReturnType<typeof setInterval> | undefined

  start(): void {
    if (this.timer) return
    this.context ??= new AudioContext()
    void this.context.resume().catch(() => undefined)
    this.ding()
    this.timer = setInterval(() => this.ding(), 2_000)
  }

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** A short tone that repeats what the screen shows (mute, hold). */
  blip(hertz: number): void {
    this.context ??= new AudioContext()
    void this.context.resume().catch(() => undefined)
    this.note(hertz, 0, 0.09, 0.08)
  }

  dispose(): void {
    this.stop()
    void this.context?.close().catch(() => undefined)
    this.context = undefined
  }

  private ding(): void {
    this.note(880, 0, 0.35, 0.16)
    this.note(1108, 0.38, 0.5, 0.16)
  }

  private note(hertz: number, after: number, seconds: number, loud: number): void {
    const context = this.context
    if (!context || context.state === 'closed') return
    const from = context.currentTime + after
    const tone = context.createOscillator()
    const gain = context.createGain()
    tone.frequency.value = hertz
    gain.gain.setValueAtTime(0, from)
    gain.gain.linearRampToValueAtTime(loud, from + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.001, from + seconds)
    tone.connect(gain).connect(context.destination)
    tone.start(from)
    tone.stop(from + seconds + 0.05)
  }
}
