// SPDX-License-Identifier: Apache-2.0
// How long to wait before trying to connect again.

/**
 * Full jitter: a random time up to a limit that doubles, so that three hundred desks do not all
 * come back at the same instant.
 * @param attempt 0 for the first retry; @param random in [0, 1)
 * @returns ms, at least 200
 */
export function backoff(attempt: number, random: number, first = 400, most = 8_000): number {
  const limit = Math.min(most, first * 2 ** Math.min(attempt, 16))
  return Math.round(200 + random * (limit - 200))
}
