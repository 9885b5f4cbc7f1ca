// SPDX-License-Identifier: Apache-2.0
// The figures of `yingsheng kpi --json`, flattened to rows that a person can read.

export interface KpiRow {
  key: string
  value: number | string
}

/** Numbers and texts at any depth; lists are left to their own tables. */
export function flatten(figures: unknown, prefix = ''): KpiRow[] {
  if (figures === null || typeof figures !== 'object' || Array.isArray(figures)) return []
  return Object.entries(figures).flatMap(([name, value]): KpiRow[] => {
    const key = prefix ? `${prefix}.${name}` : name
    if (typeof value === 'number' || typeof value === 'string') return [{ key, value }]
    return flatten(value, key)
  })
}

export interface KpiTable {
  key: string
  columns: string[]
  rows: Record<string, unknown>[]
}

export function tables(figures: unknown): KpiTable[] {
  if (figures === null || typeof figures !== 'object') return []
  return Object.entries(figures as Record<string, unknown>).flatMap(([key, value]) => {
    if (!Array.isArray(value) || !value.length || typeof value[0] !== 'object') return []
    const rows = value as Record<string, unknown>[]
    const columns = Object.keys(rows[0]!).filter((c) => ['number', 'string'].includes(typeof rows[0]![c]))
    return [{ key, columns, rows }]
  })
}

const last = (key: string) => key.split('.').at(-1) ?? key

/** How a figure reads: a share as per cent, ms as s, the rest as it is. */
export function readable(key: string, value: unknown): string {
  const name = last(key)
  if (typeof value !== 'number') return String(value ?? '–')
  if (/rate$|_share$|^share|ratio$/.test(name)) return `${(value <= 1 ? value * 100 : value).toFixed(1)}%`
  if (/_ms$/.test(name)) return `${(value / 1000).toFixed(1)} s`
  return Number.isInteger(value) ? value.toLocaleString() : value.toFixed(2)
}
