// SPDX-License-Identifier: Apache-2.0
// What the phone keeps: the list as last seen, acts that were not sent yet, and pictures.
import Dexie, { type EntityTable } from 'dexie'
import { newKey } from '@/shared/lib/new_key'
import type { JobDraft, JobList, QueuedAct } from './job'
import type { Picture } from './picture'

interface KeptList {
  user_id: number
  name: string
  used_at: string
  list: JobList
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
    // Pictures that an older page only kept are sent as well.
    this.version(3).stores({ pictures: '++id, job_id, user_id' }).upgrade((tx) =>
      tx.table('pictures').toCollection().modify((old: Partial<Picture> & { phase?: Picture['purpose'] }) => {
        const { phase, data } = old
        delete old.phase
        Object.assign(old, {
          purpose: phase ?? 'other', name: '', type: data?.type ?? '', place: '', is_placed: true, key: newKey(), state: 'waiting',
        })
      }))
  }
}
export const phone = new PhoneStore()
