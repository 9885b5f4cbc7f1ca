// SPDX-License-Identifier: Apache-2.0
// Sends a photo or video of a case in pieces: what has arrived is not sent again, whatever happens between.
import { ApiError, ask, type Ask } from './http'
import { backoff } from '../lib/backoff'

/** Where to send it: '/cases/7/evidence', or '/citizen/evidence' with the header of the pass. */
export interface EvidenceDoor {
  base: string
  headers?: Record<string, string>
}
export interface Evidence {
  id: number
  purpose: string
  name: string
  /** "jpg" "mp4" "mov" */
  kind: string
  place: string
  taken_at: string | null
  kept_at: string | null
  is_mine: boolean
  bytes: number
}
export interface Offer {
  file: Blob
  name: string
  /** "before" "after" "other" "signature" */
  purpose: string
  /** the same for every try of the same thing, also after the page was closed */
  key: string
  taken_at?: string
  place?: string
}
interface Announced {
  id: number
  received: number
  chunk_max: number
  is_kept: boolean
}
export interface UploadOptions {
  /** in [0, 1]; isWaiting while the line is down */
  onProgress?: (share: number, isWaiting: boolean) => void
  /** how often in a row nothing may arrive before it is given up */
  triesMax?: number
  sleep?: (ms: number) => Promise<void>
  isCancelled?: () => boolean
}

const typesTaken = ['image/jpeg', 'image/png', 'video/mp4', 'video/quicktime']
const megabyte = 1024 * 1024

/** For the attribute accept: telephones then hand over JPEG in place of HEIC. */
export const accepted = typesTaken.join(',')

/** @returns a key of the messages below `error.` for what the server would refuse anyway; '' when it may be sent */
export function refusalOf(file: { type: string; size: number }): string {
  if (file.size === 0) return 'evidence_empty'
  if (!typesTaken.includes(file.type)) return 'evidence_type'
  if (file.type.startsWith('image/')) return file.size > 10 * megabyte ? 'evidence_photo_size' : ''
  return file.size > 100 * megabyte ? 'evidence_video_size' : ''
}

async function sha256(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer()
  // Over plain http, on a house's own network, browsers have none.
  const subtle: SubtleCrypto | undefined = crypto.subtle
  if (!subtle) return (await import('../lib/sha256')).sha256(new Uint8Array(bytes))
  const sum = await subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Asking again may help: the line was down, the server was starting, or another try is still running. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const codes = ['evidence_gap', 'evidence_incomplete', 'evidence_busy', 'busy']
  return error.status === 0 || error.status === 429 || error.status >= 500 || codes.includes(error.code)
}

/** Done when it is kept. Throws ApiError when it will never be, or not for now. */
export async function upload(door: EvidenceDoor, offer: Offer, options: UploadOptions = {}): Promise<Evidence> {
  const { onProgress = () => undefined, triesMax = 8, isCancelled = () => false } = options
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)))
  const { file, key, ...words } = offer
  const say = <T>(path: string, how: Ask) =>
    ask<T>(door.base + path, { ...how, headers: { ...door.headers, ...how.headers } })
  const body = { ...words, size: file.size, sha256: await sha256(file) }
  let share = 0
  let failures = 0
  for (;;) {
    if (isCancelled()) throw new ApiError(0, 'cancelled', '')
    try {
      let there = await say<Announced>('', { method: 'POST', body, headers: { 'Idempotency-Key': key } })
      while (!there.is_kept && there.received < file.size && !isCancelled()) {
        const bytes = file.slice(there.received, there.received + there.chunk_max)
        there = await say<Announced>(`/${there.id}?offset=${there.received}`, { method: 'PATCH', bytes })
        failures = 0
        share = there.received / file.size
        onProgress(share, false)
      }
      return await say<Evidence>(`/${there.id}/finish`, { method: 'POST' })
    } catch (error) {
      failures += 1
      if (!isPassing(error) || failures >= triesMax) throw error
      onProgress(share, true)
      await sleep(backoff(failures - 1, Math.random()))
    }
  }
}
