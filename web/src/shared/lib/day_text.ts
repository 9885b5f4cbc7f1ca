// SPDX-License-Identifier: Apache-2.0
// A day as people write it, year first: 2026-01-05, 2026/1/5, 20260105, or with the Chinese words for year, month and day.

const written = [/^(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?$/, /^(\d{4})(\d{2})(\d{2})$/]

/** yyyy-mm-dd; undefined for what is no day of the calendar */
export function dayIn(text: string): string | undefined {
  for (const form of written) {
    const found = form.exec(text.trim())
    if (!found) continue
    const [year = '', month = '', day = ''] = found.slice(1)
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const at = new Date(`${iso}T00:00:00Z`)
    // 30 February would be read as a day of March.
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined
  }
  return undefined
}
