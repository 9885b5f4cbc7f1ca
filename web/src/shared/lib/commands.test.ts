// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { createApp, defineComponent, h } from 'vue'
import { expect, test } from 'vitest'
import { commandsNow, found, offerCommands } from './commands'

const words = (...all: string[]) => all.map((word) => ({ word }))

test('every typed part must be there, what begins with it comes first', () => {
  expect(found(words('go to cases', 'cases', 'calls'), 'cases').map((c) => c.word)).toEqual(['cases', 'go to cases'])
  expect(found(words('break: water', 'break: meal'), 'meal BREAK').map((c) => c.word)).toEqual(['break: meal'])
  expect(found(words('b', 'a'), ' ').map((c) => c.word)).toEqual(['b', 'a'])
})

test('a part on the screen offers its commands, one that left does not', () => {
  const part = defineComponent({
    setup() {
      offerCommands(() => [{ id: 'hold', word: 'hold', keys: 'F9', run: () => undefined }])
      return () => h('div')
    },
  })
  const app = createApp(part)
  app.mount(document.createElement('div'))
  expect(commandsNow().map((c) => c.id)).toEqual(['hold'])
  app.unmount()
  expect(commandsNow()).toEqual([])
})
