// SPDX-License-Identifier: Apache-2.0
// The same act on several cases, one after the other; each has a result of its own.
import type { Case, CaseAct, CaseProgress } from '@/shared/api/contract'

export const bulkVerbs = ['dispatch', 'urge', 'supervise'] as const
export type BulkVerb = (typeof bulkVerbs)[number]
export interface BulkWish { verb: BulkVerb; unit: number; words: string }
/** `problem` undefined: done. "may_not": the workflow does not allow it now. */
export interface BulkResult { case: Case; problem?: unknown }

export interface BulkPorts {
  progress: (id: number) => Promise<CaseProgress>
  act: (id: number, act: CaseAct) => Promise<unknown>
}

export function isWhole(wish: BulkWish): boolean {
  if (wish.verb === 'dispatch') return wish.unit > 0
  return wish.verb === 'urge' || wish.words.trim() !== ''
}

export function actFor(wish: BulkWish, version: number): CaseAct {
  const words = wish.words.trim()
  if (wish.verb === 'dispatch') return { version, verb: wish.verb, unit: wish.unit, why: words }
  return wish.verb === 'urge' ? { version, verb: wish.verb, text: words } : { version, verb: wish.verb, why: words }
}

/** What fails stops nothing; `told` hears of each when it is over. */
export async function actOnAll(cases: Case[], wish: BulkWish, ports: BulkPorts, told: (result: BulkResult) => void): Promise<void> {
  for (const each of cases) {
    try {
      const now = await ports.progress(each.id)
      if (!now.may.includes(wish.verb)) {
        told({ case: each, problem: 'may_not' })
        continue
      }
      await ports.act(each.id, actFor(wish, now.version))
      told({ case: each })
    } catch (problem) {
      told({ case: each, problem })
    }
  }
}
