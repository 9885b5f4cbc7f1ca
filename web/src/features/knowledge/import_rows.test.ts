// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { ImportedArticle, ImportReport } from '@/shared/api/knowledge'
import { blankContent } from './article_form'
import { batchesOf, draftOf, placeKey, rowsOf, unclearCount, wantedRows } from './import_rows'

const item = (more: Partial<ImportedArticle> = {}): ImportedArticle => ({
  place: '2', matter: 'cold', matter_said: '', content: { ...blankContent(1), title: 'x' }, twin: 0, twin_matter: '', is_same: false, is_repeated: false, notes: [], ...more,
})
const report = (items: ImportedArticle[], form: ImportReport['form'] = 'csv'): ImportReport => ({ form, encoding: '', items, notes: [] })

describe('what a file becomes', () => {
  it('leaves out what is there already, until somebody wants it all the same', () => {
    const rows = rowsOf(report([item(), item({ twin: 7 }), item({ is_repeated: true })]))
    expect(rows.map((row) => row.isWanted)).toEqual([true, false, false])
    expect(rows.map((row) => draftOf(row).is_wanted_twice)).toEqual([false, true, true])
    expect(wantedRows(rows)).toHaveLength(1)
  })
  it('is sent in pieces that the server takes', () => {
    const long = item({ content: { ...blankContent(1), statement: '字'.repeat(90_000) } })
    const rows = rowsOf(report([long, long, long, ...Array.from({ length: 300 }, () => item())]))
    const batches = batchesOf(rows)
    expect(batches.flat()).toEqual(rows)
    expect(batches.map((batch) => batch.length)).toEqual([2, 200, 101])
    expect(batchesOf([])).toEqual([])
  })
  it('says where something stands', () => {
    const note = { place: 'C5', code: 'no_date', said: '' }
    expect(unclearCount({ ...report([item({ notes: [note] })]), notes: [note] })).toBe(2)
    expect(['', '5', 'C5'].map((place) => placeKey(report([]), place))).toEqual(['place_file', 'place_row', 'place_cell'])
    expect(placeKey(report([], 'docx'), '5')).toBe('place_paragraph')
  })
})
