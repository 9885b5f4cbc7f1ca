// SPDX-License-Identifier: Apache-2.0
// My desk as the server last told it. Nothing here decides; commands go up, views come down.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { serverClock } from '../lib/server_clock'
import type { DeskMessage, DeskView, Floor, LineQuality } from './contract'
import { deskAddress, DeskLink, type LinkState } from './desk_link'
import { useSession } from './session'
import { holdTab, type TabLock } from './tab_lock'

export type Listener = (message: DeskMessage) => void

export const useDesk = defineStore('desk', () => {
  const view = shallowRef<DeskView>()
  const floor = shallowRef<Floor>()
  /** our clock when the last floor came */
  const floorAt = ref(0)
  const quality = shallowRef<LineQuality>()
  const link = ref<LinkState>('closed')
  const isMuted = ref(false)
  const isElsewhere = ref(false)
  const listeners = new Set<Listener>()
  let lock: TabLock | undefined
  let isWatching = false

  const socket = new DeskLink(
    deskAddress(window.location),
    (message) => take(message),
    (state) => {
      link.value = state
      if (state !== 'open') serverClock.forget()
    },
  )

  const interaction = computed(() => view.value?.interaction || 0)
  const isInCall = computed(() => !!view.value?.call_state)
  const isTalking = computed(() =>
    ['talking', 'held', 'consulting', 'conference'].includes(view.value?.call_state ?? ''),
  )

  function take(message: DeskMessage): void {
    if (message.at) serverClock.observe(message.at)
    switch (message.type) {
      case 'hello':
        show(message.desk)
        if (isWatching) void command('watch_floor', { on: true }).catch(() => undefined)
        break
      case 'desk':
        show(message.desk)
        break
      case 'floor':
        floor.value = message
        floorAt.value = Date.now()
        break
      case 'quality':
        quality.value = message
        break
    }
    for (const listener of listeners) listener(message)
  }

  /** null for users who take no calls */
  function show(next: DeskView | null): void {
    if (!next) {
      view.value = undefined
      return
    }
    if ((next.interaction || 0) !== interaction.value || !next.call_state) {
      isMuted.value = false
      quality.value = undefined
    }
    view.value = next
  }

  async function open(takeOver = false): Promise<void> {
    if (lock) return
    const held = await holdTab(takeOver, () => {
      lock = undefined
      isElsewhere.value = true
      socket.stop()
    })
    isElsewhere.value = !held
    if (!held) return
    lock = held
    socket.start()
  }
  function close(): void {
    socket.stop()
    lock?.release()
    lock = undefined
    view.value = undefined
    floor.value = undefined
  }

  const command = (name: string, args: object = {}) => socket.command(name, args)

  async function mute(on: boolean): Promise<void> {
    isMuted.value = on
    await command('mute', { on })
  }
  /** Takes the seat this user has; calls come only after `ready`. */
  async function signIn(): Promise<void> {
    const user = useSession().user
    await command('sign_in', { seat: { kind: user?.seat_kind || 'browser', address: user?.seat_address ?? '' } })
  }
  const isSignedIn = computed(() => !!view.value && view.value.state !== 'LoggedOut')

  /** Dials from a customer, a case or the keypad; the server asks for our offer with rtc_wanted. */
  const dial = (number: string, customer_id = 0, case_id = 0) => command('dial', { number, customer_id, case_id })

  function watchFloor(on: boolean): void {
    isWatching = on
    void command('watch_floor', { on }).catch(() => undefined)
  }
  function listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    view, floor, floorAt, quality, link, isMuted, isElsewhere, interaction, isInCall, isTalking,
    isSignedIn, open, close, command, signIn, mute, dial, watchFloor, listen,
  }
})
