// SPDX-License-Identifier: Apache-2.0
// The official directory of numbers and hours, as staff and citizens have it.
import { ask } from './http'

export interface DirectoryEntry {
  /** stays when names change: "hall_east" */
  code: string
  kind: string
  name: string
  /** "" the head centre */
  centre: string
  number: string
  /** "mon-fri 08:30-18:00;sat 09:00-12:00"; "" always */
  hours: string
  /** "centre/queue" whose hours these are; "" `hours` say */
  queue: string
  languages: string[]
  address: string
  purpose: string
}
export interface DirectoryVersion {
  number: number
  state: 'draft' | 'in_force' | 'past' | 'dropped'
  /** of the draft and of what is in force only */
  entries: DirectoryEntry[]
  based_on: number
  written_by: number
  written_at: string
  why: string
  published_by: number
  publish_why: string
  published_at: string | null
  until_at: string | null
}
export interface Directory {
  /** the newest first */
  versions: DirectoryVersion[]
  /** codes whose queue has other hours by now */
  moved: string[]
  key: string
  key_pem: string
}
export interface Difference {
  kind: 'foreign' | 'hours' | 'missing'
  code: string
  written: string
  expected: string
  near: string
  line: number
}
export interface PublicLine extends Omit<DirectoryEntry, 'queue'> {
  dial: string
  hours_said: string
  is_open: boolean
  changes_at: string | null
}
export interface PublicDirectory {
  version: number
  published_at: string
  /** of today, when it is one */
  holiday: string
  entries: PublicLine[]
}

export const directoryApi = {
  directory: () => ask<Directory>('/directory'),
  write: (entries: DirectoryEntry[], based_on: number, why: string) => ask<Directory>('/directory', { method: 'PUT', body: { entries, based_on, why } }),
  act: (verb: 'publish' | 'drop', version: number, why: string) => ask<Directory>('/directory/acts', { method: 'POST', body: { verb, version, why } }),
  check: (text: string, is_official: boolean) => ask<{ numbers: number; differences: Difference[] }>('/directory/check', { method: 'POST', body: { text, is_official } }),
}
