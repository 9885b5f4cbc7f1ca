// SPDX-License-Identifier: Apache-2.0
// What the phone keeps: the list as last seen, acts that were not sent yet, and pictures.
import Dexie, { type EntityTable } from 'dexie'
import type { JobList, Phase, QueuedAct } from './job'

interface KeptList {
  user_id: number
  name: string
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

class PhoneStore extends Dexie {
  lists!: EntityTable<KeptList, 'user_id'>
  acts!: EntityTable<QueuedAct & { id: number }, 'id'>
  pictures!: EntityTable<Picture, 'id'>
  constructor() {
    super('yingsheng-field')
    this.version(1).stores({ lists: 'user_id', acts: '++id, user_id', pictures: '++id, job_id' })
  }
}
export const phone = new PhoneStore()
