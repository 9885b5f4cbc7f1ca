// SPDX-License-Identifier: Apache-2.0
// Whatever is cut off with an ellipsis tells its whole text under the pointer and on focus.

const mark = 'fullText'

export function tellFullText(e: HTMLElement, isCut: boolean): void {
  if (isCut && (!e.title || mark in e.dataset)) {
    e.title = (e.textContent ?? '').trim().replace(/\s+/g, ' ')
    e.dataset[mark] = ''
  } else if (!isCut && mark in e.dataset) {
    e.removeAttribute('title')
    delete e.dataset[mark]
  }
}

/** Looks at the element under the pointer and those around it, when the pointer gets there. */
export function watchFullText(page: Document): void {
  const look = (event: Event) => {
    for (let e = event.target; e instanceof HTMLElement && e !== page.body; e = e.parentElement) {
      if (getComputedStyle(e).textOverflow === 'ellipsis') tellFullText(e, e.scrollWidth > e.clientWidth)
    }
  }
  page.addEventListener('pointerover', look, { passive: true })
  page.addEventListener('focusin', look)
}
