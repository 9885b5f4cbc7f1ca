// SPDX-License-Identifier: Apache-2.0
// What an announcement may say and how long it lasts, as the form has it.

/** Prompts of interactions/prompt_names.h */
export const emergencyKinds = ['emergency-heating', 'emergency-bus', 'emergency-systems'] as const
/** hours */
export const emergencyLasts = [1, 2, 4, 8, 12, 24, 72, 168] as const

export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)

/** Rounded up to a quarter of an hour: people hear "nine thirty". */
export function untilOf(now: number, hours: number): string {
  const quarter = 900_000
  return new Date(Math.ceil((now + hours * 3_600_000) / quarter) * quarter).toISOString()
}
