// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { codeIn } from './carry'

describe('a carried code', () => {
  it('is read from behind the # only when it can be one', () => {
    const code = 'abcdefghij_KLMNOPQ-123'
    expect(codeIn(`#carry=${code}`)).toBe(code)
    expect(codeIn(`#x=1&carry=${code}`)).toBe(code)
    for (const none of ['', '#', '#carry=', '#carry=short', `#carry=${code}x`, '#carry=<script>alert(1)</script>00'])
      expect(codeIn(none)).toBe('')
  })
})
