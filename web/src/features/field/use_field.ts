// SPDX-License-Identifier: Apache-2.0
// The repairer's list and acts: every act is kept on the phone first, then sent in order, once.
import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import type { Session } from '@/shared/api/contract'
import { ApiError, ask } from '@/shared/api/http'
import { useSession } from '@/shared/api/session'
import { newKey } from '@/shared/lib/new_key'
import { isForLater } from './for_later'
import { type ActBody, type JobList, type QueuedAct, withQueued } from './job'
import { phone } from './phone_store'
import { usePictures } from './use_pictures'

const retry_ms = 3_000
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

export function useField() {
  const session = useSession()
  const list = shallowRef<JobList>()
  const acts = shallowRef<QueuedAct[]>([])
  const userId = ref(0)
  const name = ref('')
  const isOnline = ref(navigator.onLine)
  const needsSignIn = ref(false)
  let isOver = false

  const jobs = computed(() => (list.value?.items ?? []).map((job) => withQueued(job, acts.value)))
  const actsWaiting = computed(() => acts.value.filter((act) => act.state === 'waiting').length)
  // Pictures are large: what was done goes before them.
  const pictures = usePictures(userId, () => session.user?.id === userId.value && actsWaiting.value === 0)
  const waiting = computed(() => actsWaiting.value + pictures.waiting.value)
  const refused = computed(() => acts.value.filter((act) => act.state === 'refused'))

  async function readActs(): Promise<void> {
    acts.value = await phone.acts.where('user_id').equals(userId.value).sortBy('id')
  }
  async function take(next: JobList): Promise<void> {
    list.value = next
    await phone.lists.put({ user_id: userId.value, name: name.value, used_at: new Date().toISOString(), list: next })
    const open = new Set(next.items.filter((job) => job.state !== 'done').map((job) => job.id))
    await phone.drafts.filter((draft) => draft.user_id === userId.value && !open.has(draft.job_id)).delete()
    await pictures.tidy(next.items.map((job) => job.id))
  }
  async function begin(): Promise<void> {
    let isReached = true
    if (!session.user) {
      session.take(await ask<Session>('/session', { isSignIn: true }).catch((error: unknown) => {
        isReached = error instanceof ApiError && error.status === 401
        return undefined
      }))
      isOnline.value = isReached
    }
    if (session.user) {
      userId.value = session.user.id
      name.value = session.user.name
      needsSignIn.value = false
    } else {
      // Without the server the last one who signed in goes on; it decides when it is there again.
      const lists = isReached ? [] : await phone.lists.toArray()
      const kept = lists.sort((a, b) => (a.used_at < b.used_at ? -1 : 1)).at(-1)
      needsSignIn.value = !kept
      if (kept) [userId.value, name.value] = [kept.user_id, kept.name]
    }
    list.value = (await phone.lists.get(userId.value))?.list
    await readActs()
    await pictures.read()
    void flush()
  }
  async function signIn(login: string, password: string): Promise<void> {
    await session.signIn(login, password)
    await begin()
  }

  /** true: sent or refused for good; false: the line is down. */
  async function send(act: QueuedAct & { id: number }): Promise<boolean> {
    try {
      const next = await ask<JobList>(`/field/jobs/${act.job_id}/acts`, {
        method: 'POST', body: act.body, headers: { 'Idempotency-Key': act.key },
      })
      await phone.acts.delete(act.id)
      await take(next)
    } catch (error) {
      if (isForLater(error)) return false
      const why = error instanceof ApiError ? error.detail || error.code : ''
      await phone.acts.update(act.id, { state: 'refused', why })
    }
    return true
  }
  /** One at a time, over all tabs of the phone. */
  async function flush(): Promise<void> {
    await navigator.locks.request('field-flush', async () => {
      if (!session.user || session.user.id !== userId.value) return
      for (;;) {
        const act = (await phone.acts.where('user_id').equals(userId.value).sortBy('id')).find((a) => a.state === 'waiting')
        if (!act || !(await send(act))) return
        await readActs()
      }
    })
    await readActs()
    void pictures.flush()
  }
  async function does(job_id: number, body: Omit<ActBody, 'at'>): Promise<void> {
    const act = { user_id: userId.value, job_id, key: newKey(), state: 'waiting' as const, body: { ...body, at: new Date().toISOString() } }
    await phone.acts.add(act)
    await readActs()
    void flush()
  }
  async function drop(act: QueuedAct): Promise<void> {
    if (act.id !== undefined) await phone.acts.delete(act.id)
    await readActs()
  }

  async function look(): Promise<void> {
    try {
      if (!session.user) {
        await begin()
        if (!session.user) return void (await pause(retry_ms))
      }
      const next = await ask<JobList>('/field/jobs', { query: { since: list.value?.version } })
      isOnline.value = true
      await take(next)
      await flush()
    } catch (error) {
      isOnline.value = !(error instanceof ApiError && error.status === 0)
      if (error instanceof ApiError && error.status === 401) session.take(undefined)
      await pause(retry_ms)
    }
  }
  async function watch(): Promise<void> {
    while (!isOver) await (needsSignIn.value ? pause(300) : look())
  }
  function lineChanged(): void {
    isOnline.value = navigator.onLine
    if (navigator.onLine) void flush()
  }
  addEventListener('online', lineChanged)
  addEventListener('offline', lineChanged)
  onBeforeUnmount(() => {
    isOver = true
    removeEventListener('online', lineChanged)
    removeEventListener('offline', lineChanged)
  })
  void begin().then(watch)

  return { list, jobs, waiting, refused, isOnline, needsSignIn, name, userId, signIn, does, drop, pictures }
}
