// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { type ActBody, type Job, measured, missing, outOfLimits, withQueued } from './job'

const job: Job = {
  id: 7, number: '1124-0001', kind: 'no_heat', title: '', state: 'offered', case_state: 'dispatched', address: '',
  contact_name: '', contact_number: '', has_elder: false, urgency: 'normal', kind_title: '不热', is_foreman: false, demands: [],
  offered_at: '', until_at: null, promised_at: null, events: [],
}
const queued = (job_id: number, body: Partial<ActBody>, state: 'waiting' | 'refused' = 'waiting') =>
  ({ user_id: 1, job_id, key: 'k', state, body: { what: 'take', at: 'now', ...body } }) as const

test('what was done shows at once, what the server refused does not, and other jobs stay as they are', () => {
  const acts = [queued(7, {}), queued(7, { what: 'measure', phase: 'after', values: { a: '20' } }), queued(8, { what: 'finish' })]
  const seen = withQueued(job, acts)
  expect(seen.state).toBe('taken')
  expect(measured(seen, 'after')).toEqual({ a: '20' })
  expect(measured(seen, 'before')).toBeUndefined()
  expect(withQueued(job, [queued(7, {}, 'refused')]).state).toBe('offered')
  expect(job.events).toEqual([])
})

test('a job is finished after arriving, with a result and the citizen’s word', () => {
  expect(missing(job, { words: '', isConfirmed: false })).toEqual(['missing_arrival', 'missing_result', 'missing_confirmation'])
  expect(missing({ ...job, state: 'arrived' }, { words: '好了', isConfirmed: true })).toEqual([])
})

test('a value beyond its limits is named before it is kept', () => {
  const form = [{ code: 'a', title: '客厅', unit: '℃', min: -40, max: 60 }]
  expect(outOfLimits(form, { a: '20.5' })).toBeUndefined()
  expect(outOfLimits(form, { a: '' })).toBeUndefined()
  expect(outOfLimits(form, { a: '205' })?.code).toBe('a')
  expect(outOfLimits(form, { a: 'warm' })?.code).toBe('a')
})
