// SPDX-License-Identifier: Apache-2.0
// The pages one can go to from everywhere, in the order of the rail.
import type { IconName } from '@/shared/ui/icons'

export interface Stop {
  name: string
  /** route names that light it up */
  also: string[]
  icon: IconName
}

export const stops: Stop[] = [
  { name: 'desk', also: [], icon: 'headset' },
  { name: 'floor', also: [], icon: 'grid' },
  { name: 'emergencies', also: [], icon: 'warn' },
  { name: 'incidents', also: [], icon: 'merge' },
  { name: 'defects', also: [], icon: 'hammer' },
  { name: 'cases', also: ['case'], icon: 'doc' },
  { name: 'calls', also: ['call'], icon: 'phone' },
  { name: 'chats', also: ['chat', 'chat-words'], icon: 'chat' },
  { name: 'follow-ups', also: [], icon: 'check' },
  { name: 'lost', also: [], icon: 'undo' },
  { name: 'barred', also: [], icon: 'hand' },
  { name: 'knowledge', also: ['matters', 'directory', 'gaps', 'article', 'article-new', 'article-write'], icon: 'book' },
  { name: 'flows', also: ['flow'], icon: 'consult' },
  { name: 'kpi', also: [], icon: 'chart' },
  { name: 'people', also: [], icon: 'three' },
  { name: 'rules', also: [], icon: 'queue' },
  { name: 'types', also: [], icon: 'list' },
  { name: 'days', also: [], icon: 'clock' },
  { name: 'surveys', also: [], icon: 'sms' },
  { name: 'exchange', also: [], icon: 'transfer' },
  { name: 'audit', also: [], icon: 'shield' },
]
