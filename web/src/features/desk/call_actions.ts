// SPDX-License-Identifier: Apache-2.0
// Which buttons the call bar shows and which of them can be pressed, for each state of a call.
import type { CallState, DeskView } from '@/shared/api/contract'
import type { IconName } from '@/shared/ui/icons'

export type ActionName =
  | 'answer' | 'decline' | 'mute' | 'hold' | 'transfer' | 'consult' | 'three_way' | 'survey'
  | 'secure' | 'keypad' | 'complete' | 'join' | 'cancel' | 'hang_up' | 'stop_monitor'

/** "consulted": a colleague asked me; the consult is theirs to end. */
export type DeskCall = CallState | 'consulted'

export function deskCall(view: Pick<DeskView, 'call_state' | 'own_leg' | 'parties'> | undefined): DeskCall {
  const state = view?.call_state ?? ''
  const own = view?.parties.find((p) => p.leg === view.own_leg)
  return state === 'consulting' && own?.role === 'consulted' ? 'consulted' : state
}

export interface ActionLook {
  name: ActionName
  icon: IconName
  keys: string
}

const looks: Record<ActionName, ActionLook> = {
  answer: { name: 'answer', icon: 'phone', keys: 'F2' },
  decline: { name: 'decline', icon: 'x', keys: '' },
  mute: { name: 'mute', icon: 'mic', keys: 'F8' },
  hold: { name: 'hold', icon: 'pause', keys: 'F9' },
  transfer: { name: 'transfer', icon: 'transfer', keys: 'Alt+T' },
  consult: { name: 'consult', icon: 'consult', keys: 'Alt+Y' },
  three_way: { name: 'three_way', icon: 'three', keys: 'Alt+M' },
  survey: { name: 'survey', icon: 'star', keys: 'Alt+P' },
  secure: { name: 'secure', icon: 'lock', keys: 'Alt+L' },
  keypad: { name: 'keypad', icon: 'keys', keys: 'Alt+I' },
  complete: { name: 'complete', icon: 'check', keys: 'Alt+T' },
  join: { name: 'join', icon: 'three', keys: 'Alt+M' },
  cancel: { name: 'cancel', icon: 'undo', keys: 'Alt+Y' },
  hang_up: { name: 'hang_up', icon: 'hang', keys: 'F4' },
  stop_monitor: { name: 'stop_monitor', icon: 'x', keys: 'F4' },
}

/** Places never change between states: a button that cannot be pressed stays where it is. */
const talking: ActionName[] = ['mute', 'hold', 'transfer', 'consult', 'three_way', 'survey', 'keypad', 'secure', 'hang_up']
const consulting: ActionName[] = ['mute', 'hold', 'complete', 'cancel', 'join', 'survey', 'keypad', 'secure', 'hang_up']

export function actionsFor(state: DeskCall): ActionLook[] {
  if (state === 'ringing') return [looks.decline, looks.answer]
  if (state === 'monitoring') return [looks.mute, looks.stop_monitor]
  const names = state === 'consulting' ? consulting : talking
  return names.map((name) => looks[name])
}

const allowed: Record<DeskCall, ActionName[]> = {
  '': [],
  ringing: ['answer', 'decline'],
  answering: ['hang_up'],
  dialling: ['mute', 'hang_up'],
  talking: ['mute', 'hold', 'transfer', 'consult', 'three_way', 'survey', 'keypad', 'secure', 'hang_up'],
  held: ['mute', 'hold', 'transfer', 'consult', 'hang_up'],
  consulting: ['mute', 'complete', 'join', 'cancel', 'keypad', 'hang_up'],
  consulted: ['mute', 'hang_up'],
  conference: ['mute', 'three_way', 'keypad', 'hang_up'],
  monitoring: ['mute', 'stop_monitor'],
}

export function canPress(name: ActionName, state: DeskCall): boolean {
  return allowed[state]?.includes(name) ?? false
}
