// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '@/shared/api/http'

/** Not now, but perhaps later: no line, signed out, too much to do. */
export function isForLater(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true
  return [0, 401, 403, 429].includes(error.status) || error.status >= 500
}
