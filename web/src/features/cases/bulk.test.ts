// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Case, CaseAct, CaseProgress } from '@/shared/api/contract'
import { actOnAll, isWhole, type BulkResult } from './bulk'

const cases = [1, 2, 3].map((id) => ({ id, number: `1124-000${id}` }) as Case)

it('gives each case its own result, and one that fails stops nothing', async () => {
  const sent: [number, CaseAct][] = []
  const results: BulkResult[] = []
  const failure = new Error('stale')
  await actOnAll(cases, { verb: 'supervise', unit: 0, words: ' 超时 ' }, {
    progress: async (id) => ({ version: 10 + id, may: id === 2 ? ['urge'] : ['supervise'] }) as CaseProgress,
    act: async (id, act) => {
      if (id === 3) throw failure
      sent.push([id, act])
    },
  }, (r) => results.push(r))
  expect(sent).toEqual([[1, { version: 11, verb: 'supervise', why: '超时' }]])
  expect(results.map((r) => r.problem)).toEqual([undefined, 'may_not', failure])
})

it('dispatch needs a unit, 督办 needs words, 催办 needs nothing', () => {
  expect(isWhole({ verb: 'dispatch', unit: 0, words: 'x' })).toBe(false)
  expect(isWhole({ verb: 'dispatch', unit: 4, words: '' })).toBe(true)
  expect(isWhole({ verb: 'supervise', unit: 0, words: ' ' })).toBe(false)
  expect(isWhole({ verb: 'urge', unit: 0, words: '' })).toBe(true)
})
