// SPDX-License-Identifier: Apache-2.0
// Exactly one tab of a browser holds the desk: the others would ring and speak twice.

const lockName = 'ys-desk'
const patience = 1_500

export interface TabLock {
  release(): void
}

/**
 * @param take   true: take it from the tab that has it
 * @param onLost another tab took it
 * @returns undefined when another tab has it
 */
export function holdTab(take: boolean, onLost: () => void): Promise<TabLock | undefined> {
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return Promise.resolve({ release: () => undefined })
  return new Promise((resolve) => {
    let isHeld = false
    const hold = () =>
      new Promise<void>((release) => {
        isHeld = true
        resolve({
          release: () => {
            isHeld = false
            release()
          },
        })
      })
    // A page just left (F5) lets go of its lock a moment after the new one asks.
    const options: LockOptions = take ? { steal: true } : { signal: AbortSignal.timeout?.(patience) ?? abortSoon() }
    locks.request(lockName, options, hold).catch(() => {
      if (isHeld) onLost()
      else resolve(undefined)
    })
  })
}

function abortSoon(): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), patience)
  return controller.signal
}
