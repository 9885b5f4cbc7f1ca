// SPDX-License-Identifier: Apache-2.0
// Why a supervisor steps in; kept with the act in the audit.
export const supervisionReasons = ['asked_for_help', 'long_call', 'complaint', 'new_agent', 'quality', 'staffing', 'left_seat', 'other'] as const
