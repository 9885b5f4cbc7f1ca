// SPDX-License-Identifier: Apache-2.0
// One way to ask the server: JSON in and out, problem+json as a typed error, the CSRF header.

export class ApiError extends Error {
  constructor(
    /** 0 when the line is down */
    readonly status: number,
    /** a key of the message files below `error.` */
    readonly code: string,
    readonly detail: string,
    readonly fields: Record<string, string> = {},
    /** s, from Retry-After */
    readonly retryAfter = 0,
    /** what is wrong with a field as a sentence, where its code alone says too little */
    readonly texts: Record<string, string> = {},
  ) {
    super(code)
  }
}

let csrf = ''
let onLost: () => void = () => undefined

export function setCsrf(value: string): void {
  csrf = value
}
/** Called when a request finds that the session is over. */
export function onSessionLost(told: () => void): void {
  onLost = told
}

export type Query = Record<string, string | number | undefined>

export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(key, String(value))
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

async function problem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => ({}))
  const p = (body ?? {}) as { code?: string; detail?: string; fields?: Record<string, string>; texts?: Record<string, string> }
  const wait = Number(response.headers.get('Retry-After') ?? 0)
  return new ApiError(response.status, p.code ?? `http_${response.status}`, p.detail ?? '', p.fields ?? {}, wait, p.texts ?? {})
}

export interface Ask {
  method?: string
  body?: unknown
  /** sent as it is, in place of a JSON body */
  bytes?: Blob
  query?: Query
  headers?: Record<string, string>
  /** a 401 here is an answer, not a lost session */
  isSignIn?: boolean
}

async function answer(path: string, how: Ask): Promise<Response> {
  const method = how.method ?? 'GET'
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': document.documentElement.lang || 'zh-CN',
    ...how.headers,
  }
  if (method !== 'GET') headers['X-CSRF'] = csrf
  if (how.body !== undefined) headers['Content-Type'] = 'application/json'
  let response: Response
  try {
    response = await fetch(withQuery(`/api/v1${path}`, how.query), {
      method,
      headers,
      body: how.bytes ?? (how.body === undefined ? undefined : JSON.stringify(how.body)),
      credentials: 'same-origin',
    })
  } catch {
    throw new ApiError(0, 'offline', '')
  }
  if (!response.ok) {
    const error = await problem(response)
    if (error.status === 401 && !how.isSignIn) onLost()
    throw error
  }
  return response
}

export async function ask<T>(path: string, how: Ask = {}): Promise<T> {
  const text = await (await answer(path, how)).text()
  return (text ? JSON.parse(text) : undefined) as T
}

/** A file of the API as an address for this page only; to be revoked. */
export async function fileUrl(path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`/api/v1${path}`, { headers, credentials: 'same-origin' }).catch(() => undefined)
  if (!response) throw new ApiError(0, 'offline', '')
  if (!response.ok) throw await problem(response)
  return URL.createObjectURL(await response.blob())
}

/** A file made for this user; saved under `name` by the browser. */
export async function download(path: string, how: Ask, name: string): Promise<Headers> {
  const response = await answer(path, how)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
  return response.headers
}
