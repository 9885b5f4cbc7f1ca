// SPDX-License-Identifier: Apache-2.0
// Two versions, part by part: only what is not the same, with marks.
import { audiences, type ArticleContent } from '@/shared/api/knowledge'
import { lists, parts, type Part } from './article_form'
import { minuteText } from '@/shared/lib/minute'
import { marksOf, rowMarks, type Mark } from './text_marks'

export interface PartMarks {
  part: Part
  /** a list has a line for each row, a text one line */
  rows: Mark[][]
}

/** @param owner the words for an owner */
export function compareContents(before: ArticleContent, after: ArticleContent, owner: (id: number) => string): PartMarks[] {
  const texts = (c: ArticleContent): Partial<Record<Part, string>> => ({
    title: c.title, statement: c.statement, transfer: c.transfer, source: c.source,
    valid_until: minuteText(c.valid_until), review_by: minuteText(c.review_by), owner: owner(c.owner_id),
    ...Object.fromEntries(audiences.map((a) => [`texts.${a}`, c.texts[a]])),
  })
  const [older, newer] = [texts(before), texts(after)]
  const marked = parts.map((part): PartMarks => {
    const name = lists.find((l) => l === part)
    return { part, rows: name ? rowMarks(before[name], after[name]) : [marksOf(older[part] ?? '', newer[part] ?? '')] }
  })
  return marked.filter(({ rows }) => rows.some((row) => row.some((mark) => mark.kind !== 'same')))
}
