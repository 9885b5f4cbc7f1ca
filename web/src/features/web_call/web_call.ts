// SPDX-License-Identifier: Apache-2.0
// A citizen's call from a web page: token, microphone, one socket, one peer connection.
import { ref, shallowRef } from 'vue'
import { microphoneWishes, Peer } from '@/shared/lib/peer'

export type CallStep = 'idle' | 'asking' | 'connecting' | 'ringing' | 'queued' | 'talking' | 'ended' | 'failed'
export type CallFault = 'microphone_denied' | 'microphone_missing' | 'not_secure' | 'too_many' | 'no_web_calls' | 'offline'

type ServerWord =
  | { type: 'answer'; sdp: string }
  | { type: 'state'; state: 'ringing' | 'queued' | 'talking' | 'ended'; position?: number }

function faultOf(error: unknown): CallFault {
  if (!(error instanceof DOMException)) return 'offline'
  return error.name === 'NotFoundError' ? 'microphone_missing' : 'microphone_denied'
}

/** What a carried code was worth: only 'open' brings anything with it. */
export type Carried = '' | 'open' | 'used' | 'expired' | 'unknown'

export function useWebCall(number: string, carry: () => Promise<string>, play: (stream: MediaStream) => void) {
  const step = ref<CallStep>('idle')
  const fault = ref<CallFault>()
  const position = ref(0)
  const startedAt = ref(0)
  const carried = ref<Carried>('')
  const socket = shallowRef<WebSocket>()
  let peer: Peer | undefined
  let microphone: MediaStream | undefined

  function finish(last: CallStep): void {
    if (step.value !== 'failed') step.value = last
    socket.value?.close()
    socket.value = undefined
    peer?.close()
    peer = undefined
    for (const track of microphone?.getTracks() ?? []) track.stop()
    microphone = undefined
  }
  function fail(why: CallFault): void {
    fault.value = why
    finish('failed')
    step.value = 'failed'
  }

  async function token(): Promise<string | undefined> {
    const code = await carry()
    const response = await fetch('/api/v1/web-calls', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ number, carry: code }),
    })
    if (response.ok) {
      const told = (await response.json()) as { token: string; carried?: Carried }
      carried.value = told.carried ?? ''
      return told.token
    }
    fail(response.status === 429 ? 'too_many' : response.status < 500 ? 'no_web_calls' : 'offline')
    return undefined
  }

  async function start(): Promise<void> {
    fault.value = undefined
    step.value = 'asking'
    if (!navigator.mediaDevices) return fail('not_secure')
    try {
      microphone = await navigator.mediaDevices.getUserMedia(microphoneWishes)
      step.value = 'connecting'
      const pass = await token()
      if (pass) await connect(pass, microphone)
    } catch (error) {
      fail(faultOf(error))
    }
  }

  async function connect(pass: string, voice: MediaStream): Promise<void> {
    peer = new Peer(voice, {
      state: (state) => {
        if (state === 'failed') fail('offline')
      },
      sound: play,
    })
    const sdp = await peer.offer()
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const line = new WebSocket(`${scheme}://${location.host}/api/v1/web-call?token=${encodeURIComponent(pass)}`)
    socket.value = line
    line.onopen = () => line.send(JSON.stringify({ type: 'offer', sdp }))
    line.onmessage = (frame) => take(JSON.parse(String(frame.data)) as ServerWord)
    line.onclose = () => {
      if (socket.value !== line) return
      if (step.value === 'connecting') fail('offline')
      else finish('ended')
    }
  }

  function take(word: ServerWord): void {
    if (word.type === 'answer') {
      if (step.value === 'connecting') step.value = 'ringing'
      peer?.answer(word.sdp).catch(() => fail('offline'))
      return
    }
    if (word.type !== 'state') return
    position.value = word.position ?? 0
    if (word.state === 'ended') return finish('ended')
    if (word.state === 'talking' && step.value !== 'talking') startedAt.value = Date.now()
    step.value = word.state
  }

  function press(key: string): void {
    socket.value?.send(JSON.stringify({ type: 'key', key }))
  }
  function hangUp(): void {
    socket.value?.send(JSON.stringify({ type: 'hang_up' }))
    finish('ended')
  }
  return { step, fault, position, startedAt, carried, start, press, hangUp }
}
