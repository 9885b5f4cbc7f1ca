// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { ArticleVersion, ArticleView } from '@/shared/api/knowledge'
import { firstCompared, firstShown, needsMinute, needsWhy, versionActs } from './acts'
import { blankContent } from './article_form'

const now = Date.parse('2026-11-23T08:00:00Z')
const version = (number: number, state: ArticleVersion['state'], from: string | null = null): ArticleVersion =>
  ({ number, state, content: blankContent(1), writers: [], approved_by: '', brought_back_by: '', from, words: '' })
const view = (line: object, versions: ArticleVersion[], can: ArticleView['can'] = ['drop', 'roll_back']) => ({ line, versions, turns: [], can }) as unknown as ArticleView
const past = '2026-11-01T00:00:00Z'
const next = '2026-12-01T00:00:00Z'

it('asks for words and a minute where they are needed', () => {
  expect([needsWhy('approve'), needsWhy('retire'), needsMinute('approve'), needsMinute('keep')]).toEqual([false, true, true, false])
})
it('drops what is open or still to come, and says again what was approved once', () => {
  const v = view({ version: 2, open_version: 4 }, [version(4, 'draft'), version(3, 'approved', next), version(2, 'approved', past), version(1, 'approved', past)])
  expect(v.versions.map((one) => versionActs(v, one, now))).toEqual([['drop'], ['drop'], [], ['roll_back']])
  expect(versionActs({ ...v, can: [] }, v.versions[3]!, now)).toEqual([])
})
it('shows what waits for a reader first, else what is said', () => {
  expect(firstShown(view({ version: 1, open_version: 2, open_state: 'in_review' }, []))).toBe(2)
  expect(firstShown(view({ version: 1, open_version: 2, open_state: 'draft' }, []))).toBe(1)
  expect(firstShown(view({ version: 0, open_version: 0, open_state: '' }, [version(3, 'dropped')]))).toBe(3)
})
it('compares what is said with what is open', () => {
  const all = [version(4, 'draft'), version(3, 'dropped'), version(2, 'approved'), version(1, 'approved')]
  expect(firstCompared(view({ version: 2, open_version: 4 }, all))).toEqual({ before: 2, after: 4 })
  expect(firstCompared(view({ version: 2, open_version: 0 }, all.slice(2)))).toEqual({ before: 1, after: 2 })
  expect(firstCompared(view({ version: 0, open_version: 0 }, all.slice(0, 1)))).toEqual({ before: 4, after: 4 })
})
