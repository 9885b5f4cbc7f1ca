// SPDX-License-Identifier: Apache-2.0
// Which figures are shown where, and how each reads.
import type { CallFigures, Kpi } from '@/shared/api/contract'

/** What a supervisor asks first, then the rest in the order of the journal's own report. */
export const headline = [
  'connect_rate', 'within_15s_rate', 'offered', 'answered', 'abandoned', 'wait_mean_ms', 'talked_mean_ms', 'score_mean',
] as const
export const rest = [
  'arrived', 'robot_only', 'within_15s', 'abandoned_short', 'turned_away', 'lost', 'left_message', 'callbacks_promised', 'callbacks_connected',
  'callbacks_given_up', 'called_back', 'called_back_rate', 'wait_hit_rate', 'waiting', 'transfers', 'refused', 'dialled',
  'dialled_connected', 'wait_p50_ms', 'wait_p90_ms', 'wait_max_ms', 'held_mean_ms', 'wrap_up_mean_ms', 'scored',
] as const
export const queueColumns = ['connect_rate', 'within_15s_rate', 'offered', 'answered', 'abandoned', 'lost', 'callbacks_promised', 'callbacks_connected', 'wait_hit_rate', 'wait_mean_ms', 'wait_max_ms', 'talked_mean_ms'] as const
export const agentColumns = ['handled', 'missed', 'declined', 'dialled', 'busy_ms', 'held_ms', 'wrap_up_ms', 'ready_ms', 'break_ms', 'signed_in_ms', 'occupancy'] as const

/** The figures of the centre of this user: the first row, or none for who sees only themselves. */
export function own(kpi: Kpi | undefined): CallFigures | undefined {
  return kpi?.centres[0]?.calls
}
