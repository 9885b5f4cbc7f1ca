// SPDX-License-Identifier: Apache-2.0
// Sends one file of a citizen, telling how much has gone; what the hotline would refuse anyway is told at once.

export const fileMax = 10 * 1024 * 1024
const pieceMax = 512 * 1024
/** What a file dialog offers first. */
export const accepted = 'image/*,application/pdf,text/plain,.txt'

export type FileFault = 'file_too_large' | 'file_kind' | 'file_empty'

/** A type that the browser does not know is left to the hotline, which looks at the bytes. */
export function faultOf(file: { size: number; type: string }): FileFault | undefined {
  if (file.size === 0) return 'file_empty'
  if (file.size > fileMax) return 'file_too_large'
  const isKnown = !file.type || file.type.startsWith('image/') || file.type === 'application/pdf' || file.type.startsWith('text/plain')
  return isKnown ? undefined : 'file_kind'
}

export class NotSent extends Error {
  constructor(
    /** 0: the line is down */
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(code)
  }
}
export interface Parcel {
  chat: number
  token: string
  file: Blob & { name: string }
  /** the same at every try */
  key: string
}

/** Half a character, as some systems allow in names, cannot be sent. */
const percent = (name: string) => encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_'))

interface Taken {
  received: number
  /** of the message that holds it; 0 until it is whole */
  number: number
}
/** Not fetch: only this tells how much of a body has gone. @throws NotSent */
function sendPiece(parcel: Parcel, offset: number, onSent: (bytes: number) => void, signal?: AbortSignal): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/citizen/chats/file?chat=${parcel.chat}&offset=${offset}&size=${parcel.file.size}`)
    request.setRequestHeader('x-chat-token', parcel.token)
    request.setRequestHeader('x-file-name', percent(parcel.file.name))
    request.setRequestHeader('x-client-key', parcel.key)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (now) => onSent(now.loaded)
    request.onerror = request.ontimeout = () => reject(new NotSent(0, 'offline', ''))
    request.onabort = () => reject(new NotSent(0, 'aborted', ''))
    request.onload = () => {
      const body = bodyOf(request.responseText)
      if (request.status === 201 || request.status === 200) resolve({ received: Number(body.received) || 0, number: Number(body.number) || 0 })
      else reject(new NotSent(request.status, String(body.code ?? ''), String(body.detail ?? '')))
    }
    signal?.addEventListener('abort', () => request.abort())
    request.send(parcel.file.slice(offset, offset + pieceMax))
  })
}

/** Piece by piece: the hotline takes no long bodies. @returns the number of the message. @throws NotSent */
export async function sendFile(parcel: Parcel, onProgress: (share: number) => void, signal?: AbortSignal, piece = sendPiece): Promise<number> {
  for (let at = 0; ;) {
    const from = at
    const taken = await piece(parcel, from, (bytes) => onProgress(Math.min(1, (from + bytes) / parcel.file.size)), signal)
    if (taken.number) return taken.number
    // Who does not come further would go round for ever.
    if (taken.received <= from) throw new NotSent(422, 'file_gap', '')
    at = taken.received
  }
}
function bodyOf(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>
  } catch {
    return {}
  }
}
