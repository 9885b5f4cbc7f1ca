// SPDX-License-Identifier: Apache-2.0
// Files on their way from this page: how far each is, and what was wrong with those that did not go.
import { onBeforeUnmount, ref } from 'vue'
import { sizeText } from '@/shared/lib/chat_log'
import { newKey } from '@/shared/lib/new_key'
import { faultOf, type FileFault, NotSent, sendFile } from './send_file'
import { say, sayCode } from './words'

export interface Sending {
  key: string
  file: File
  percent: number
  /** a sentence; "": it is on its way */
  why: string
  canTryAgain: boolean
}

export function useFiles(ready: () => Promise<boolean>, where: () => { chat: number; token: string }) {
  const files = ref<Sending[]>([])
  const stops = new Map<string, AbortController>()

  const change = (key: string, of: Partial<Sending>) => {
    files.value = files.value.map((one) => (one.key === key ? { ...one, ...of } : one))
  }
  const drop = (key: string) => {
    stops.get(key)?.abort()
    stops.delete(key)
    files.value = files.value.filter((one) => one.key !== key)
  }
  const sentence = (code: string, file: File) => (code === 'file_too_large' ? say('file_too_large', { size: sizeText(file.size) }) : sayCode(code))

  async function go(key: string): Promise<void> {
    const one = files.value.find((each) => each.key === key)
    if (!one) return
    change(key, { why: '', percent: 0 })
    if (!(await ready())) return change(key, { why: say('offline'), canTryAgain: true })
    const stop = new AbortController()
    stops.set(key, stop)
    try {
      await sendFile({ ...where(), file: one.file, key }, (share) => change(key, { percent: Math.round(share * 100) }), stop.signal)
      drop(key)
    } catch (error) {
      const { status, code, detail } = error instanceof NotSent ? error : new NotSent(0, 'failed', '')
      const isFinal = status >= 400 && status < 500 && status !== 429
      const known = sentence(code, one.file)
      change(key, { why: known === say('failed') && detail ? detail : known, canTryAgain: !isFinal })
    }
  }
  function add(list: Iterable<File>): void {
    for (const file of list) {
      const fault: FileFault | undefined = faultOf(file)
      const key = newKey()
      files.value = [...files.value, { key, file, percent: 0, why: fault ? sentence(fault, file) : '', canTryAgain: false }]
      if (!fault) void go(key)
    }
  }
  onBeforeUnmount(() => {
    for (const stop of stops.values()) stop.abort()
  })
  return { files, add, again: go, drop }
}
