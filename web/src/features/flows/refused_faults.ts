// SPDX-License-Identifier: Apache-2.0
// The sentences of a publication that was refused because of the flow's faults.
import { ApiError } from '@/shared/api/http'

export function refusedFaults(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.code !== 'flow_has_faults') return []
  return [...new Set(Object.values(error.texts).filter(Boolean))]
}
