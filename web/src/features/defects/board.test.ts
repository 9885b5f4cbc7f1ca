// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { CauseGroup, Defect } from '@/shared/api/causes'
import { actsOf, matchOf, mayJoin, narrowest, whyOpen, widthOf } from './board'

const done: Defect = {
  id: 1, kind: 'defect', title: '申请页报错', state: 'done', owner: '信息科', partner: '', due_on: '', made_by_name: '', made_at: '', version: 3,
  before_from: '', before_to: '', before: 12, since: 9, ready_at: '', fewer_than: 6, held_open: 'contacts_stay', may: ['close', 'reopen'], matches: [],
}
const group: CauseGroup = { cause: 'late_data', cause_title: '数据延迟', cause_title_en: '', kind: 'defect', value: '12路', value_title: '12路', before: 0, since: 2, defect_id: 0 }

describe('the board', () => {
  it('says with figures why a defect is not closed', () => {
    expect(whyOpen(done)).toEqual({ key: 'defect.held_contacts', words: { before: 12, since: 9, fewer: 6 } })
    expect(whyOpen({ ...done, held_open: 'week_not_over', since: null })).toEqual({ key: 'defect.held_week', words: { before: 12 } })
    expect(whyOpen({ ...done, held_open: '' })).toBeUndefined()
    expect(whyOpen({ ...done, state: 'owned', held_open: 'not_now' })).toBeUndefined()
  })
  it('offers the expected step first', () => {
    expect(actsOf(done)).toEqual(['close', 'reopen'])
    expect(actsOf({ ...done, state: 'owned', may: ['own', 'schedule', 'finish', 'drop'] })).toEqual(['schedule', 'own', 'finish', 'drop'])
    expect(actsOf({ ...done, state: 'closed', may: ['reopen'] })).toEqual(['reopen'])
  })
  it('shows a week with one contact, and none without', () => {
    expect(widthOf(0, 9)).toBe(0)
    expect(widthOf(1, 900)).toBe(4)
    expect(widthOf(9, 9)).toBe(100)
    expect(widthOf(3, 0)).toBe(0)
  })
  it('joins what was grouped, of one kind only', () => {
    expect(matchOf(group, 'route')).toEqual({ cause: 'late_data', type: '', place: '', route: '12路' })
    expect(matchOf(group, 'cause').route).toBe('')
    expect(mayJoin([])).toBe(false)
    expect(mayJoin([group, { ...group, kind: 'suggestion' }])).toBe(false)
    expect(mayJoin([group, group])).toBe(true)
    expect(narrowest('云汀市/北桥区/')).toBe('北桥区')
    expect(narrowest('')).toBe('')
  })
})
