// SPDX-License-Identifier: Apache-2.0
// The ways to look at a flow: three show and change the same text, the last its versions.
export const views = ['canvas', 'outline', 'text', 'versions'] as const
export type View = (typeof views)[number]
