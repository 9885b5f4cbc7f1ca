// SPDX-License-Identifier: Apache-2.0
// The wave of a recording from the server's peaks; the audio itself is never decoded whole here.
import type { Recording } from '@/shared/api/contract'

export interface Span {
  kind: string
  /** share of the width, 0 to 100 */
  left: number
  width: number
  seconds: number
}

/** Marks as places on the line; what lies outside the recording is cut off. */
export function spansOf(recording: Pick<Recording, 'marks' | 'length_ms'>): Span[] {
  const length = recording.length_ms
  if (length <= 0) return []
  return recording.marks
    .map((mark) => ({ kind: mark.span, from: Math.max(0, mark.from_ms), to: Math.min(length, mark.to_ms) }))
    .filter((mark) => mark.to > mark.from)
    .map((mark) => ({
      kind: mark.kind,
      left: (mark.from / length) * 100,
      width: ((mark.to - mark.from) / length) * 100,
      seconds: Math.round((mark.to - mark.from) / 1000),
    }))
}

/**
 * Peaks as wavesurfer wants them: both channels of one length, each within -1 and 1, drawn so that
 * the loudest of both fills the height. A recording that is silence stays a line.
 */
export function channelsOf(peaks: Recording['peaks']): [number[], number[]] {
  const size = Math.max(peaks.left.length, peaks.right.length, 1)
  let top = 0
  for (const values of [peaks.left, peaks.right]) for (const value of values) top = Math.max(top, Math.abs(value))
  // The server may count 0 to 1 or to a whole number (8 or 16 bit).
  const full = top <= 1 ? 1 : top <= 255 ? 255 : 32_768
  const scale = Math.max(top, full * 0.05)
  const fit = (values: number[]) => Array.from({ length: size }, (_, i) => (values[i] ?? 0) / scale)
  return [fit(peaks.left), fit(peaks.right)]
}
