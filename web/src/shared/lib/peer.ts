// SPDX-License-Identifier: Apache-2.0
// One audio path to the server: our offer, its answer. The server is ICE-lite and names its
// addresses in the answer, so our own candidates need not be gathered or sent.
import { codecOrder } from './codec_order'

export interface PeerEvents {
  state(state: RTCPeerConnectionState): void
  sound(stream: MediaStream): void
}

export class Peer {
  private readonly connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })

  constructor(microphone: MediaStream, events: PeerEvents) {
    for (const track of microphone.getAudioTracks()) this.connection.addTrack(track, microphone)
    this.connection.onconnectionstatechange = () => events.state(this.connection.connectionState)
    this.connection.ontrack = (event) => events.sound(event.streams[0] ?? new MediaStream([event.track]))
    const codecs = RTCRtpReceiver.getCapabilities?.('audio')?.codecs ?? []
    for (const transceiver of this.connection.getTransceivers())
      transceiver.setCodecPreferences?.(codecOrder(codecs))
  }

  async offer(): Promise<string> {
    const offer = await this.connection.createOffer()
    await this.connection.setLocalDescription(offer)
    return this.connection.localDescription?.sdp ?? offer.sdp ?? ''
  }

  answer(sdp: string): Promise<void> {
    return this.connection.setRemoteDescription({ type: 'answer', sdp })
  }

  close(): void {
    this.connection.onconnectionstatechange = null
    this.connection.ontrack = null
    this.connection.close()
  }
}

export const microphoneWishes: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
}
