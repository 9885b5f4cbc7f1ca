// SPDX-License-Identifier: Apache-2.0
// A photo or video on the phone: what it shows, when and where it was taken, and whether it has been sent.

export type Purpose = 'before' | 'after' | 'other' | 'signature'
export interface Picture {
  id: number
  user_id: number
  job_id: number
  purpose: Purpose
  name: string
  /** "image/jpeg"; of the file as it was chosen */
  type: string
  /** when it was taken */
  at: string
  /** "36.10000, 103.80000 ±12 m", or '' */
  place: string
  /** false while the phone is still being asked where it is */
  is_placed: boolean
  /** the same for every try */
  key: string
  /** empty for a video that has been sent */
  data: Blob
  state: 'waiting' | 'sent' | 'refused'
  why?: string
  /** what the server calls it, once sent */
  evidence_id?: number
}

/** How long a picture waits to know where it was taken before it goes without. */
export const placed_within_ms = 6_000

/** The next to be sent: strictly in the order they were taken. One the server refused stands in nobody's way. */
export function nextToSend(pictures: Picture[], now_ms: number): Picture | undefined {
  const first = pictures.filter((each) => each.state === 'waiting').sort((a, b) => a.id - b.id)[0]
  if (!first) return undefined
  return first.is_placed || now_ms - Date.parse(first.at) > placed_within_ms ? first : undefined
}

/** A photo from the album has its own time; a clock that runs ahead is not believed. */
export function takenAt(lastModified_ms: number, now_ms: number): string {
  return new Date(Math.min(lastModified_ms || now_ms, now_ms)).toISOString()
}

interface Point { latitude: number; longitude: number; accuracy_m: number }
export function placeText({ latitude, longitude, accuracy_m }: Partial<Point>): string {
  if (latitude === undefined || longitude === undefined) return ''
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}${accuracy_m === undefined ? '' : ` ±${Math.round(accuracy_m)} m`}`
}

/** Drawn strokes as lines of points, moved into a box with a margin: "x,y x,y;x,y". */
export function strokesInBox(strokes: string, margin: number): { lines: [number, number][][]; width: number; height: number } {
  const lines = strokes.split(';').filter(Boolean).map((line) =>
    line.split(' ').map((point): [number, number] => {
      const [x, y] = point.split(',').map(Number)
      return [x || 0, y || 0]
    }))
  const all = lines.flat()
  const [left, top] = [Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, y]) => y))]
  const moved = lines.map((line) => line.map(([x, y]): [number, number] => [x - left + margin, y - top + margin]))
  const points = moved.flat()
  return {
    lines: moved,
    width: Math.max(0, ...points.map(([x]) => x)) + margin,
    height: Math.max(0, ...points.map(([, y]) => y)) + margin,
  }
}
