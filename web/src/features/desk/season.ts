// SPDX-License-Identifier: Apache-2.0
// The season on China's calendar: heating runs from mid October to April in the north.

export type Season = 'winter' | 'summer' | 'mild'

const china = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', month: 'numeric' })

export function seasonOf(ms: number): Season {
  const month = Number(china.format(ms))
  if (month >= 11 || month <= 3) return 'winter'
  return month >= 6 && month <= 8 ? 'summer' : 'mild'
}
