// SPDX-License-Identifier: Apache-2.0
// One word for how a line sounds.
import type { LineQuality } from '@/shared/api/contract'

export type LineGrade = 'starting' | 'good' | 'fair' | 'poor' | 'lost'

/** MOS as in ITU-T G.107: from 3.6 most users are content, below 3.1 many are not. */
export function gradeOf(quality: LineQuality | undefined, voice: string): LineGrade {
  if (voice === 'lost') return 'lost'
  if (!quality) return voice === 'connecting' ? 'starting' : 'good'
  if (quality.mos >= 3.6) return 'good'
  return quality.mos >= 3.1 ? 'fair' : 'poor'
}
