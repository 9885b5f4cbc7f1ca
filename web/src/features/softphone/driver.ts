// SPDX-License-Identifier: Apache-2.0
// What a seat's voice can do. Hold, transfer, consult and the rest are commands to the server, the
// same for every driver; a driver only carries sound.

export type VoiceState = 'idle' | 'connecting' | 'up' | 'lost'
export type VoiceFault = 'microphone_denied' | 'microphone_missing' | 'microphone_busy' | 'not_secure' | 'failed'

export interface DriverEvents {
  state(state: VoiceState): void
  /** the browser wants a click before it plays sound */
  silenced(isSilenced: boolean): void
}

export interface SoftphoneDriver {
  /** Opens the microphone ahead of the first call so that answering takes no time. */
  prepare(): Promise<void>
  /** Starts a new media path. @returns the offer to send; rejects with a VoiceError */
  offer(): Promise<string>
  /** The server's answer to the last offer. */
  answer(sdp: string): Promise<void>
  mute(on: boolean): void
  /** After a click: plays what the browser held back. */
  unsilence(): void
  close(): void
  /** Gives the microphone back. */
  dispose(): void
}

export class VoiceError extends Error {
  constructor(readonly fault: VoiceFault) {
    super(fault)
  }
}

/** The DOMException of getUserMedia as something to say. */
export function faultOf(error: unknown): VoiceFault {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphone_denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'microphone_missing'
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphone_busy'
  return 'failed'
}
