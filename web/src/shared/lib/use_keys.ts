// SPDX-License-Identifier: Apache-2.0
// Keys of a page, bound while the page is shown. They are heard before any field hears them, so that
// a list or a select cannot swallow Ctrl+Enter.
import { onBeforeUnmount, onMounted } from 'vue'
import { runKey, type KeyActions } from './keymap'

export function useKeys(actions: KeyActions, isActive: () => boolean = () => true): void {
  const onKey = (press: KeyboardEvent) => {
    if (press.defaultPrevented || !isActive()) return
    if (runKey(press, actions)) press.stopPropagation()
  }
  onMounted(() => window.addEventListener('keydown', onKey, true))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey, true))
}
