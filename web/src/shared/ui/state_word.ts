// SPDX-License-Identifier: Apache-2.0
// The six agent states: their short name in colours and shapes.
import type { AgentState } from '../api/contract'

export type StateLook = 'idle' | 'ring' | 'talk' | 'wrap' | 'break' | 'out'

const looks: Record<AgentState, StateLook> = {
  Ready: 'idle',
  Alerted: 'ring',
  Busy: 'talk',
  WrapUp: 'wrap',
  Break: 'break',
  LoggedOut: 'out',
}

/** An unknown word from a newer server looks signed out rather than wrong. */
export function lookOf(state: string | undefined): StateLook {
  return looks[state as AgentState] ?? 'out'
}

export const stateOrder: AgentState[] = ['Ready', 'Alerted', 'Busy', 'WrapUp', 'Break', 'LoggedOut']
