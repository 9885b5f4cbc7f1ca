// SPDX-License-Identifier: Apache-2.0
// The browser as a telephone: microphone in, an audio element out, one peer connection per call.
import { microphoneWishes, Peer } from '@/shared/lib/peer'
import { faultOf, VoiceError, type DriverEvents, type SoftphoneDriver } from './driver'

export class BrowserDriver implements SoftphoneDriver {
  private microphone: MediaStream | undefined
  private peer: Peer | undefined
  private isMuted = false

  constructor(
    private readonly speaker: () => HTMLAudioElement | null,
    private readonly events: DriverEvents,
  ) {}

  async prepare(): Promise<void> {
    if (this.microphone?.getAudioTracks().some((track) => track.readyState === 'live')) return
    // Only pages from https:// or this machine may use a microphone.
    if (!navigator.mediaDevices) throw new VoiceError('not_secure')
    try {
      this.microphone = await navigator.mediaDevices.getUserMedia(microphoneWishes)
    } catch (error) {
      throw new VoiceError(faultOf(error))
    }
    this.applyMute()
  }

  async offer(): Promise<string> {
    await this.prepare()
    if (!this.microphone) throw new VoiceError('failed')
    this.close()
    this.events.state('connecting')
    const peer = new Peer(this.microphone, {
      state: (state) => {
        if (this.peer !== peer) return
        if (state === 'connected') this.events.state('up')
        if (state === 'failed' || state === 'disconnected') this.events.state('lost')
      },
      sound: (stream) => this.play(stream),
    })
    this.peer = peer
    return peer.offer()
  }

  async answer(sdp: string): Promise<void> {
    await this.peer?.answer(sdp)
  }

  mute(on: boolean): void {
    this.isMuted = on
    this.applyMute()
  }

  unsilence(): void {
    void this.start()
  }

  close(): void {
    if (!this.peer) return
    this.peer.close()
    this.peer = undefined
    const speaker = this.speaker()
    if (speaker) speaker.srcObject = null
    this.mute(false)
    this.events.silenced(false)
    this.events.state('idle')
  }

  dispose(): void {
    this.close()
    for (const track of this.microphone?.getTracks() ?? []) track.stop()
    this.microphone = undefined
  }

  private applyMute(): void {
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !this.isMuted
  }

  private play(stream: MediaStream): void {
    const speaker = this.speaker()
    if (!speaker) return
    speaker.srcObject = stream
    void this.start()
  }

  private async start(): Promise<void> {
    try {
      await this.speaker()?.play()
      this.events.silenced(false)
    } catch {
      // A page reloaded in a call has had no click yet; the browser may hold the sound back.
      this.events.silenced(!!this.peer)
    }
  }
}
