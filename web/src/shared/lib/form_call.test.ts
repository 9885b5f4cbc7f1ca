// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { formCallAddress, mayCallNow, placeIn } from './form_call'

describe('a call from a form', () => {
  it('takes where somebody is, cut, and nothing beside it', () => {
    const address = formCallAddress('/call.html', { page: '查进度', field: '证件尾号', fault: `没有查到 ${'长'.repeat(500)}` }, true)
    const hash = address.slice(address.indexOf('#'))
    expect(placeIn(hash)).toEqual({ page: '查进度', field: '证件尾号', fault: `没有查到 ${'长'.repeat(61)}` })
    expect(placeIn(`${hash}&answer=620102198001011234`)).not.toHaveProperty('answer')
    expect(placeIn('#page=%E0%A4%A')).toMatchObject({ field: '' })
    expect(placeIn('')).toEqual({ page: '', field: '', fault: '' })
  })
  it('begins by itself only when a page of ours opened it', () => {
    expect(mayCallNow('#now=1')).toBe(false)
    expect(mayCallNow('#page=x')).toBe(false)
  })
})
