// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { detailOf } from './fact_words'

const fact = (body: Record<string, unknown>) => ({ at: '', kind: '', agent_name: '', body })

test('the telling fields stand in order, with one span at the end', () => {
  expect(detailOf(fact({ talked_ms: 222_000, cause: 'completed', who: 'citizen', call_id: 'x@y' }), (w) => `<${w}>`)).toBe('<completed> · <citizen> · 03:42')
})

test('zeros, blanks and other things are left out', () => {
  expect(detailOf(fact({ reason: '', score: 0, begins: true, why: 'flow' }), (w) => w)).toBe('flow')
})
