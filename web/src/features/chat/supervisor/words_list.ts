// SPDX-License-Identifier: Apache-2.0

/** A list as it was typed, one word a line or with commas between: each once, none empty, in the order given. */
export const wordsIn = (text: string): string[] => [...new Set(text.split(/[\n,，、;；]/).map((word) => word.trim()).filter(Boolean))]
