// SPDX-License-Identifier: Apache-2.0
// Every HTTP call of the desk protocol, one line each.
import type {
  AuditRow, BarredCaller, Call, Case, CaseAct, CaseInput, CaseProgress, CaseReport, CaseUnits, CaseView, ClockAccount, CountedCase, Customer, DeliveryPage, FactRow, Formula, Kpi, LostCall, Page, Person, QueueRow, Recording, Session, TimelineItem,
} from './contract'
import { ask, type Query, download } from './http'

export const api = {
  signIn: (login: string, password: string) =>
    ask<Session>('/session', { method: 'POST', body: { login, password }, isSignIn: true }),
  session: () => ask<Session>('/session', { isSignIn: true }),
  signOut: () => ask<void>('/session', { method: 'DELETE' }),

  people: () => ask<Page<Person>>('/people'),
  queues: () => ask<Page<QueueRow>>('/queues'),

  customers: (query: { number?: string; q?: string }) => ask<Page<Customer>>('/customers', { query }),
  customer: (id: number) => ask<Customer>(`/customers/${id}`),
  addCustomer: (body: Partial<Customer>) => ask<Customer>('/customers', { method: 'POST', body }),
  changeCustomer: (id: number, body: Partial<Customer>) =>
    ask<Customer>(`/customers/${id}`, { method: 'PATCH', body }),
  customerTimeline: (id: number) => ask<Page<TimelineItem>>(`/customers/${id}/timeline`),
  numberTimeline: (number: string) => ask<Page<TimelineItem>>('/timeline', { query: { number } }),

  cases: (query: Query) => ask<Page<Case>>('/cases', { query }),
  exportCases: (query: Query, reason: string) => download('/cases/export', { method: 'POST', query, body: { reason } }, 'cases.xlsx'),
  caseViews: () => ask<Page<CaseView>>('/case-views'),
  saveCaseView: (name: string, query: string) => ask<CaseView>('/case-views', { method: 'PUT', body: { name, query } }),
  dropCaseView: (id: number) => ask<void>(`/case-views/${id}`, { method: 'DELETE' }),
  case: (id: number) => ask<Case>(`/cases/${id}`),
  addCase: (body: CaseInput, key: string) =>
    ask<Case>('/cases', { method: 'POST', body, headers: { 'Idempotency-Key': key } }),
  changeCase: (id: number, body: Partial<CaseInput>) => ask<Case>(`/cases/${id}`, { method: 'PATCH', body }),
  /** Of the centre whose call it is. */
  caseProgress: (id: number) => ask<CaseProgress>(`/cases/${id}/progress`),
  caseClock: (id: number, clock: string) => ask<ClockAccount>(`/cases/${id}/clocks/${clock}`),
  caseCode: (id: number) => ask<{ number: string; code: string }>(`/cases/${id}/code`, { method: 'POST', body: {} }),
  caseUnits: () => ask<CaseUnits>('/case-units'),
  actOnCase: (id: number, body: CaseAct) => ask<CaseProgress>(`/cases/${id}/acts`, { method: 'POST', body }),
  reserveCaseNumber: (interaction: number) => ask<{ number: string }>('/case-number', { query: { interaction } }),

  draft: (interaction: number) => ask<{ body: unknown } | undefined>(`/drafts/${interaction}`),
  putDraft: (interaction: number, body: string) =>
    ask<void>(`/drafts/${interaction}`, { method: 'PUT', body: { body } }),
  dropDraft: (interaction: number) => ask<void>(`/drafts/${interaction}`, { method: 'DELETE' }),

  calls: (query: Query) => ask<Page<Call>>('/calls', { query }),
  call: (id: number) => ask<Call>(`/calls/${id}`),
  callFacts: (id: number) => ask<Page<FactRow>>(`/calls/${id}/facts`),

  lostCalls: (state: 'open' | 'closed') => ask<Page<LostCall>>('/lost_calls', { query: { state } }),
  takeLostCall: (id: number) => ask<LostCall>(`/lost_calls/${id}/take`, { method: 'POST', body: {} }),
  closeLostCall: (id: number, outcome: 'done' | 'unreachable') => ask<LostCall>(`/lost_calls/${id}/close`, { method: 'POST', body: { outcome } }),

  deliveries: (state: string, after?: string) => ask<DeliveryPage>('/deliveries', { query: { state, after } }),
  sendAgain: (id: number) => ask<void>(`/deliveries/${id}/send-again`, { method: 'POST', body: {} }),
  dropDelivery: (id: number) => ask<void>(`/deliveries/${id}/drop`, { method: 'POST', body: {} }),
  showWhole: (about: string, id: number, field: string, reason: string) =>
    ask<{ value: string; left: number }>(`/private/${about}/${id}`, { method: 'POST', body: { field, reason } }),
  barredCallers: () => ask<Page<BarredCaller>>('/barred_callers'),
  askToBar: (number: string, reason: string, days: number) => ask<{ id: number }>('/barred_callers', { method: 'POST', body: { number, reason, days } }),
  confirmBar: (id: number) => ask<void>(`/barred_callers/${id}/confirm`, { method: 'POST', body: {} }),
  liftBar: (id: number) => ask<void>(`/barred_callers/${id}/lift`, { method: 'POST', body: {} }),

  recording: (id: number) => ask<Recording>(`/recordings/${id}`),
  recordingAudio: (id: number) => `/api/v1/recordings/${id}/audio`,
  recordingDownload: (id: number) => `/api/v1/recordings/${id}/audio?download=1`,

  kpi: (from?: string, to?: string) => ask<Kpi>('/kpi', { query: { from, to } }),
  kpiCaseFigures: (from?: string, to?: string) => ask<{ report: CaseReport; formulas: Formula[] }>('/kpi/case-figures', { query: { from, to } }),
  kpiCases: (query: { figure: string; from: string; to: string; centre?: number; unit?: number; agent?: number; after?: string; limit?: number }) => ask<Page<CountedCase>>('/kpi/cases', { query }),
  audit: (query: Query) => ask<Page<AuditRow>>('/audit', { query }),
}
