// SPDX-License-Identifier: Apache-2.0
// Keys of a page, bound while the page is shown.
import { onBeforeUnmount, onMounted } from 'vue'
import { runKey, type KeyActions } from './keymap'

export function useKeys(actions: KeyActions, isActive: () => boolean = () => true): void {
  const onKey = (press: KeyboardEvent) => {
    if (!press.defaultPrevented && isActive()) runKey(press, actions)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
