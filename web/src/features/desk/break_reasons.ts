// SPDX-License-Identifier: Apache-2.0
// Why somebody takes a break; picked with 1 to 9.
export const breakReasons = ['water', 'restroom', 'meal', 'paperwork', 'call_back', 'meeting', 'training', 'equipment', 'other'] as const
