// SPDX-License-Identifier: Apache-2.0
// How a figure reads.
import type { CaseRate } from '../api/contract'

const rates = ['connect_rate', 'within_15s_rate', 'called_back_rate', 'wait_hit_rate', 'occupancy', 'response_rate', 'satisfied_rate', 'solved_rate']

export type Reading =
  | { kind: 'none' }
  | { kind: 'text'; text: string }
  | { kind: 'seconds' | 'minutes'; n: string }

/** A rate as per cent, a time in seconds or minutes; nothing to divide by is no figure, not zero. */
export function reading(figure: string, value: number | null | undefined): Reading {
  if (value === null || value === undefined) return { kind: 'none' }
  if (rates.includes(figure)) return { kind: 'text', text: `${(value * 100).toFixed(1)}%` }
  if (figure.endsWith('_ms')) {
    const s = value / 1000
    return s < 600 ? { kind: 'seconds', n: s.toFixed(s < 100 ? 1 : 0) } : { kind: 'minutes', n: (s / 60).toFixed(1) }
  }
  return { kind: 'text', text: Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2) }
}

/** A figure of cases: a share as per cent, a mean as time, complaints per million with one place. */
export function caseReading(rate: CaseRate): Reading {
  if (rate.value === null) return { kind: 'none' }
  if (rate.measure === 'share') return { kind: 'text', text: `${(rate.value * 100).toFixed(1)}%` }
  if (rate.measure === 'per_million') return { kind: 'text', text: rate.value.toFixed(1) }
  return { kind: 'minutes', n: (rate.value / 60_000).toFixed(1) }
}

/** "15/19" as it is divided; a mean has its cases only. */
export function caseParts(rate: CaseRate): string {
  return rate.measure === 'mean_ms' ? String(rate.denominator) : `${rate.numerator.toLocaleString('en')} / ${rate.denominator.toLocaleString('en')}`
}
