// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from './http'
import { refusalOf, upload } from './evidence_upload'

/** A server that keeps pieces and fails where it is told to. */
class Server {
  bytes = ''
  asked: string[] = []
  failures = new Map<number, Response | 'offline'>()

  answer = async (url: string, how: RequestInit): Promise<Response> => {
    this.asked.push(`${how.method} ${url.replace('/api/v1/cases/7/evidence', '')}`)
    const failure = this.failures.get(this.asked.length)
    if (failure === 'offline') throw new TypeError('Failed to fetch')
    if (failure) return failure
    const json = (body: unknown) => new Response(JSON.stringify(body), { status: 200 })
    if (url.endsWith('/finish')) return json({ id: 1, kind: 'jpg' })
    const offset = /offset=(\d+)/.exec(url)
    if (offset) this.bytes = this.bytes.slice(0, Number(offset[1])) + (await (how.body as Blob).text())
    return json({ id: 1, received: this.bytes.length, chunk_max: 4, is_kept: false })
  }
}

describe('an upload', () => {
  const sleep = () => Promise.resolve()
  const door = { base: '/cases/7/evidence', headers: { 'x-case-pass': 'p' } }
  const offer = { file: new Blob(['0123456789']), name: 'a.jpg', purpose: 'before', key: 'k' }
  const start = () => {
    const server = new Server()
    vi.stubGlobal('fetch', vi.fn(server.answer))
    return server
  }
  afterEach(() => vi.unstubAllGlobals())

  it('is sent in pieces and finished', async () => {
    const server = start()
    const shares: number[] = []
    await upload(door, offer, { sleep, onProgress: (share) => shares.push(share) })
    expect(server.bytes).toBe('0123456789')
    expect(shares).toEqual([0.4, 0.8, 1])
    expect(server.asked).toEqual(['POST ', 'PATCH /1?offset=0', 'PATCH /1?offset=4', 'PATCH /1?offset=8', 'POST /1/finish'])
  })

  it('names the same sum where the browser has no crypto of its own', async () => {
    const sums: string[] = []
    for (const has of [crypto, {}]) {
      vi.stubGlobal('crypto', has)
      const server = start()
      await upload(door, offer, { sleep })
      expect(server.bytes).toBe('0123456789')
      const first = vi.mocked(fetch).mock.calls[0]![1]!
      sums.push((JSON.parse(String(first.body)) as { sha256: string }).sha256)
    }
    expect(sums).toEqual(Array(2).fill('84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882'))
  })

  it('goes on from what has arrived when the line was down', async () => {
    const server = start()
    server.failures.set(3, 'offline').set(4, 'offline')
    const waits: boolean[] = []
    await upload(door, offer, { sleep, onProgress: (_, isWaiting) => waits.push(isWaiting) })
    expect(server.bytes).toBe('0123456789')
    expect(waits).toEqual([false, true, true, false, false])
    expect(server.asked.filter((a) => a === 'PATCH /1?offset=0')).toHaveLength(1)
  })

  it('ends at once with the reason when it will never be taken', async () => {
    const server = start()
    server.failures.set(2, new Response(JSON.stringify({ code: 'evidence_type', detail: '照片需为 JPG' }), { status: 422 }))
    const failed = await upload(door, offer, { sleep }).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(ApiError)
    expect((failed as ApiError).detail).toBe('照片需为 JPG')
    expect(server.asked).toHaveLength(2)
  })

  it('is given up when nothing arrives for long', async () => {
    const server = start()
    for (let i = 1; i < 20; i++) server.failures.set(i, 'offline')
    await expect(upload(door, offer, { sleep, triesMax: 3 })).rejects.toMatchObject({ status: 0 })
    expect(server.asked).toHaveLength(3)
  })
})

it('what the server would refuse is refused before it is sent', () => {
  expect(refusalOf({ type: 'image/jpeg', size: 5 })).toBe('')
  expect(refusalOf({ type: 'image/heic', size: 5 })).toBe('evidence_type')
  expect(refusalOf({ type: 'image/png', size: 11 * 1024 * 1024 })).toBe('evidence_photo_size')
  expect(refusalOf({ type: 'video/mp4', size: 11 * 1024 * 1024 })).toBe('')
  expect(refusalOf({ type: 'video/mp4', size: 101 * 1024 * 1024 })).toBe('evidence_video_size')
  expect(refusalOf({ type: 'image/png', size: 0 })).toBe('evidence_empty')
})
