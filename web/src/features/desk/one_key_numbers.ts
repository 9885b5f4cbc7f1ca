// SPDX-License-Identifier: Apache-2.0
// Numbers that join a call by one key: police, fire, ambulance, the government hotline.
export const oneKeyNumbers = [
  { number: '110', keys: 'Alt+Z' },
  { number: '119', keys: 'Alt+X' },
  { number: '120', keys: 'Alt+C' },
  { number: '12345', keys: 'Alt+V' },
] as const
