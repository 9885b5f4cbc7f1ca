// SPDX-License-Identifier: Apache-2.0
// Carries sound for whatever call the server says is here. It follows; it never decides.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { DeskMessage } from '@/shared/api/contract'
import { useDesk } from '@/shared/api/desk'
import { useSession } from '@/shared/api/session'
import { BrowserDriver } from './browser_driver'
import { VoiceError, type SoftphoneDriver, type VoiceFault, type VoiceState } from './driver'
import { RingTone } from './ring_tone'

export const speakerId = 'ys-remote-audio'

export const useSoftphone = defineStore('softphone', () => {
  const desk = useDesk()
  const session = useSession()
  const state = ref<VoiceState>('idle')
  const fault = ref<VoiceFault>()
  const isSilenced = ref(false)
  const ring = new RingTone()
  const driver: SoftphoneDriver = new BrowserDriver(
    () => document.getElementById(speakerId) as HTMLAudioElement | null,
    {
      state: (next) => {
        state.value = next
      },
      silenced: (on) => {
        isSilenced.value = on
      },
    },
  )
  let stopListening: (() => void) | undefined
  /** the call our last offer was for; 0 when there is none */
  let offered = 0

  const usesBrowser = () => (session.user?.seat_kind ?? 'browser') === 'browser'

  async function guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work()
      fault.value = undefined
      return result
    } catch (error) {
      if (!(error instanceof VoiceError)) throw error
      fault.value = error.fault
      return undefined
    }
  }

  /** Takes the ringing call. A browser seat sends its offer along. */
  async function answer(): Promise<void> {
    if (!usesBrowser()) {
      await desk.command('answer')
      return
    }
    const interaction = desk.interaction
    const sdp = await guarded(() => driver.offer())
    if (sdp === undefined) return
    offered = interaction
    try {
      await desk.command('answer', { sdp })
    } catch (error) {
      driver.close()
      throw error
    }
  }

  async function offer(interaction: number): Promise<void> {
    const sdp = await guarded(() => driver.offer())
    if (sdp === undefined) return
    offered = interaction
    await desk.command('offer', { sdp }).catch(() => driver.close())
  }

  function take(message: DeskMessage): void {
    if (message.type === 'rtc_wanted') void offer(message.interaction)
    if (message.type === 'rtc' && (!offered || message.interaction === offered))
      driver.answer(message.sdp).catch(() => {
        fault.value = 'failed'
        driver.close()
      })
    if (message.type === 'rtc_closed' && (!message.interaction || message.interaction === offered)) close()
  }

  function close(): void {
    offered = 0
    driver.close()
  }

  const prepare = () => (usesBrowser() ? guarded(() => driver.prepare()) : Promise.resolve(undefined))

  function start(): void {
    stopListening ??= desk.listen(take)
  }
  function stop(): void {
    stopListening?.()
    stopListening = undefined
    ring.dispose()
    driver.dispose()
  }

  watch(
    () => desk.view?.call_state,
    (now, before) => {
      if (now === 'ringing') ring.start()
      else ring.stop()
      if (before === 'talking' && now === 'held') ring.blip(440)
      if (before === 'held' && now === 'talking') ring.blip(660)
    },
  )
  // Who is signed in to a browser seat has the microphone ready; who leaves gives it back.
  watch(
    () => desk.view?.state ?? 'LoggedOut',
    (now, before) => {
      if (now === 'LoggedOut') driver.dispose()
      else if (before === 'LoggedOut') void prepare()
    },
  )
  watch(
    () => desk.isMuted,
    (on) => {
      driver.mute(on)
      if (desk.isInCall) ring.blip(on ? 330 : 520)
    },
  )
  watch(
    () => desk.link,
    (link) => {
      if (link === 'closed') close()
    },
  )
  return { state, fault, isSilenced, answer, prepare, start, stop, unsilence: () => driver.unsilence() }
})
