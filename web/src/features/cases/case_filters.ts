// SPDX-License-Identifier: Apache-2.0
// The filters of the case list, and how they are written in its address and in a saved view.
export interface CaseFilters {
  q: string
  status: string
  state: string
  kind: string
  unit: number | ''
  late: boolean
  /** days, both included; "" for any */
  from: string
  to: string
}

export const noFilters = (): CaseFilters => ({ q: '', status: '', state: '', kind: '', unit: '', late: false, from: '', to: '' })

export const states = [
  'filed', 'dispatched', 'accepted', 'working', 'replied', 'reviewed', 'awaiting_confirmation', 'returned', 'disputed', 'second_handling', 'closed', 'out_of_scope', 'withdrawn',
] as const
export const kinds = ['question', 'help', 'complaint', 'report', 'suggestion', 'praise', 'repair', 'no_heat', 'leak', 'outage', 'billing', 'refund', 'other'] as const

/** "state=working&late=1": only what is set, always in the same order. */
export function written(filters: CaseFilters): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) {
    if (value === '' || value === false) continue
    params.set(name, value === true ? '1' : String(value).trim())
  }
  return params.toString()
}

/** Words that are no filter are passed over: a view may be older than this page. */
export function read(text: string): CaseFilters {
  const params = new URLSearchParams(text)
  const filters = noFilters()
  for (const name of ['q', 'status', 'state', 'kind', 'from', 'to'] as const) filters[name] = params.get(name) ?? ''
  filters.late = params.get('late') === '1'
  const unit = Number(params.get('unit'))
  filters.unit = Number.isInteger(unit) && unit > 0 ? unit : ''
  return filters
}

/** As the server is asked; `dayStart` gives the instant a day begins at, so many days later. */
export function asked(filters: CaseFilters, dayStart: (day: string, later?: number) => string | undefined): Record<string, string | number | undefined> {
  return {
    q: filters.q.trim(), status: filters.status, state: filters.state, kind: filters.kind, unit: filters.unit || undefined,
    late: filters.late ? 1 : undefined, from: filters.from ? dayStart(filters.from) : undefined, to: filters.to ? dayStart(filters.to, 1) : undefined,
  }
}
