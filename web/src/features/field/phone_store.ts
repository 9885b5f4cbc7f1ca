// SPDX-License-Identifier: Apache-2.0
// What the phone keeps: the list as last seen, acts that were not sent yet, and pictures.
import Dexie, { type EntityTable } from 'dexie'
import type { JobDraft, JobList, Phase, QueuedAct } from './job'

interface KeptList {
  user_id: number
  name: string
  used_at: string
  list: JobList
}
export interface Picture {
  id: number
  user_id: number
  job_id: number
  phase: Phase
  at: string
  data: Blob
}

/** What was typed for a job and not done yet: a phone drops a page in the background. */
interface Draft extends JobDraft {
  job_id: number
  user_id: number
}

class PhoneStore extends Dexie {
  lists!: EntityTable<KeptList, 'user_id'>
  drafts!: EntityTable<Draft, 'job_id'>
  acts!: EntityTable<QueuedAct & { id: number }, 'id'>
  pictures!: EntityTable<Picture, 'id'>
  constructor() {
    super('yingsheng-field')
    this.version(2).stores({ lists: 'user_id', drafts: 'job_id', acts: '++id, user_id', pictures: '++id, job_id' })
  }
}
export const phone = new PhoneStore()
