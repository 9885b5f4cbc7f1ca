// SPDX-License-Identifier: Apache-2.0
// How a call ended for the citizen, as the agent files it.
export const dispositions = ['answered', 'case_opened', 'transferred', 'call_back', 'wrong_number', 'silent', 'nuisance', 'other'] as const
