// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { createApp, h } from 'vue'
import { expect, test } from 'vitest'
import { i18n } from '../messages/i18n'
import { messages } from '../messages/zh-CN'
import StateMark from './StateMark.vue'
import { lookOf, stateOrder } from './state_word'

function draw(state: string, hasWord = true): HTMLElement {
  const root = document.createElement('div')
  const app = createApp({ render: () => h(StateMark, { state, hasWord }) })
  app.use(i18n)
  app.mount(root)
  return root
}

test('each of the six states has its own word and its own outline', () => {
  const words = new Set(stateOrder.map((state) => draw(state).textContent?.trim()))
  const shapes = new Set(stateOrder.map((state) => draw(state).querySelector('svg')?.outerHTML))
  expect(words).toEqual(new Set(Object.values(messages.state)))
  expect(shapes.size).toBe(6)
})

test('without its word the mark still has a name', () => {
  expect(draw('Busy', false).querySelector('svg')?.getAttribute('aria-label')).toBe(messages.state.talk)
})

test('a state of a newer server looks signed out', () => {
  expect(lookOf('Levitating')).toBe('out')
})
