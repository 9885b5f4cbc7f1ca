// SPDX-License-Identifier: Apache-2.0
// Puts a text on the clipboard. Over plain http browsers offer only the old way.

function copyTheOldWay(text: string): boolean {
  const before = document.activeElement as HTMLElement | null
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  document.body.append(area)
  area.select()
  const isDone = document.execCommand('copy')
  area.remove()
  before?.focus()
  return isDone
}

export async function copyText(text: string): Promise<boolean> {
  try {
    // Not there over plain http, whatever its type says.
    const clipboard = navigator.clipboard as Clipboard | undefined
    if (!clipboard) return copyTheOldWay(text)
    await clipboard.writeText(text)
    return true
  } catch {
    return copyTheOldWay(text)
  }
}
