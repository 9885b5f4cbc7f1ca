// SPDX-License-Identifier: Apache-2.0
// What this page says to a city's page that shows it in a frame (widget.js): that it wants to be closed, and that
// words came. Nothing of what was said goes out, so any page may hear it.

export const isFramed = window.parent !== window

export function tellFrame(word: 'close' | 'message'): void {
  if (isFramed) window.parent.postMessage({ ys_chat: word }, '*')
}

/** The page the citizen came from, without what may be secret in its address. */
export function pageOf(search: string, referrer: string): string {
  const given = new URLSearchParams(search).get('page') ?? referrer
  try {
    const { origin, pathname, protocol } = new URL(given)
    return /^https?:$/.test(protocol) ? `${origin}${pathname}`.slice(0, 300) : ''
  } catch {
    return ''
  }
}
