// SPDX-License-Identifier: Apache-2.0
// A file's articles as somebody chooses among them, and how they are sent.
import type { ImportDraft, ImportedArticle, ImportReport } from '@/shared/api/knowledge'

export interface ImportRow {
  item: ImportedArticle
  matter: string
  isWanted: boolean
}

/** What is there already, or stands twice in the file, is not wanted until somebody says so. */
export const rowsOf = (report: ImportReport): ImportRow[] =>
  report.items.map((item) => ({ item, matter: item.matter, isWanted: !item.twin && !item.is_repeated }))

export const wantedRows = (rows: ImportRow[]): ImportRow[] => rows.filter((row) => row.isWanted)
export const unclearCount = (report: ImportReport): number => report.notes.length + report.items.reduce((n, item) => n + item.notes.length, 0)

export const draftOf = (row: ImportRow): ImportDraft => ({
  matter: row.matter,
  content: row.item.content,
  is_wanted_twice: !!row.item.twin || row.item.is_repeated,
})

const draftsMax = 200
/** characters of JSON; three bytes each, well below what the server takes at once */
const charactersMax = 200_000

/** In order, each small enough to be sent at once. */
export function batchesOf(rows: ImportRow[]): ImportRow[][] {
  const out: ImportRow[][] = []
  let size = 0
  for (const row of rows) {
    const more = JSON.stringify(row.item.content).length
    const last = out[out.length - 1]
    if (!last || last.length >= draftsMax || size + more > charactersMax) {
      out.push([row])
      size = more
    } else {
      last.push(row)
      size += more
    }
  }
  return out
}

/** "place_row" and its kin: what a place is the place of. */
export function placeKey(report: ImportReport, place: string): 'place_file' | 'place_row' | 'place_paragraph' | 'place_cell' {
  if (!place) return 'place_file'
  if (report.form === 'docx') return 'place_paragraph'
  return /^\d+$/.test(place) ? 'place_row' : 'place_cell'
}
