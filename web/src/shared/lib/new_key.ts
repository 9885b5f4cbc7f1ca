// SPDX-License-Identifier: Apache-2.0
// A key nobody else has, for what must be done once however often it is sent. Not
// crypto.randomUUID: over plain http browsers have none.
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
