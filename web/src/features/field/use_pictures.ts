// SPDX-License-Identifier: Apache-2.0
// Photos and videos of the repairer: kept on the phone first, then sent one after the other, each once, behind the acts.
import { computed, onBeforeUnmount, type Ref, ref, shallowRef } from 'vue'
import { type Evidence, upload } from '@/shared/api/evidence_upload'
import { ApiError } from '@/shared/api/http'
import { newKey } from '@/shared/lib/new_key'
import { isForLater } from './for_later'
import { phone } from './phone_store'
import { nextToSend, type Picture, placed_within_ms, placeText, type Purpose, takenAt } from './picture'
import { whereAmI } from './place'
import { say } from './words'

export interface Going {
  id: number
  percent: number
  /** the line is down; what has arrived is not sent again */
  isWaiting: boolean
}

export function usePictures(userId: Ref<number>, mayGo: () => boolean) {
  const pictures = shallowRef<Picture[]>([])
  const going = ref<Going>()
  let isOver = false
  onBeforeUnmount(() => (isOver = true))

  async function read(): Promise<void> {
    pictures.value = await phone.pictures.where('user_id').equals(userId.value).sortBy('id')
  }

  async function sent(picture: Picture, there: Evidence): Promise<void> {
    const isVideo = picture.type.startsWith('video/')
    // A film would fill the phone; the server has it.
    await phone.pictures.update(picture.id, { state: 'sent', evidence_id: there.id, ...(isVideo ? { data: new Blob() } : {}) })
  }
  function whyNot(error: unknown): string {
    if (!(error instanceof ApiError)) return say('picture_unreadable')
    return error.status === 404 ? say('picture_not_yours') : error.detail || error.code
  }
  /** true: sent or refused for good; false: not now. */
  async function send(picture: Picture): Promise<boolean> {
    const { id, data, name, purpose, key, at, place, job_id } = picture
    going.value = { id, percent: 0, isWaiting: false }
    try {
      const offer = { file: data, name: name || `${purpose}-${id}`, purpose, key, taken_at: at, place }
      await sent(picture, await upload({ base: `/field/jobs/${job_id}/evidence` }, offer, {
        isCancelled: () => isOver,
        onProgress: (share, isWaiting) => (going.value = { id, percent: Math.round(share * 100), isWaiting }),
      }))
    } catch (error) {
      if (error instanceof ApiError && isForLater(error)) return false
      // Begun a day ago and never finished: it begins anew.
      if (error instanceof ApiError && error.code === 'evidence_gone') await phone.pictures.update(id, { key: newKey() })
      else await phone.pictures.update(id, { state: 'refused', why: whyNot(error) })
    } finally {
      going.value = undefined
    }
    return true
  }
  /** One at a time, over all tabs of the phone. */
  async function flush(): Promise<void> {
    await navigator.locks.request('field-pictures', async () => {
      while (!isOver && mayGo()) {
        await read()
        const next = nextToSend(pictures.value, Date.now())
        if (!next || !(await send(next))) return
      }
    })
    await read()
  }

  async function keep(job_id: number, purpose: Purpose, file: Blob, name: string, taken_ms: number): Promise<void> {
    const id = await phone.pictures.add({
      user_id: userId.value, job_id, purpose, name, type: file.type, at: takenAt(taken_ms, Date.now()), place: '', is_placed: false,
      key: newKey(), data: file, state: 'waiting',
    })
    await read()
    setTimeout(() => void flush(), placed_within_ms + 100)
    await phone.pictures.update(id, { place: placeText(await whereAmI()), is_placed: true })
    await flush()
  }
  async function again(id: number): Promise<void> {
    await phone.pictures.update(id, { state: 'waiting', why: '' })
    await flush()
  }
  async function drop(id: number): Promise<void> {
    await phone.pictures.delete(id)
    await read()
  }
  /** What was sent stays as long as its job is in the list. */
  async function tidy(jobs: number[]): Promise<void> {
    const listed = new Set(jobs)
    const old = pictures.value.filter((each) => each.state === 'sent' && !listed.has(each.job_id))
    if (!old.length) return
    await phone.pictures.bulkDelete(old.map((each) => each.id))
    await read()
  }

  const waiting = computed(() => pictures.value.filter((each) => each.state === 'waiting').length)
  const refused = computed(() => pictures.value.filter((each) => each.state === 'refused'))
  return { pictures, going, waiting, refused, read, flush, keep, again, drop, tidy }
}
export type Pictures = ReturnType<typeof usePictures>
