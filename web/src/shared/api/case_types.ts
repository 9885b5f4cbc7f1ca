// SPDX-License-Identifier: Apache-2.0
// Types of cases with their forms and classes, and the form of one case.
import { ref } from 'vue'
import type { Answers, FormField } from '../lib/answer_form'
import type { CaseClass } from '../lib/class_search'
import type { Page } from './contract'
import { ask } from './http'

export interface CaseType {
  code: string
  title: string
  nature: string
  urgency: string
  workflow: string
  clock_preset: string
  is_automatic: boolean
  is_confidential: boolean
  classes: CaseClass[]
  form: FormField[]
}
/** One version of a type, and who made it. */
export interface TypeVersion {
  type: CaseType
  version: number
  centre_id: number
  is_own: boolean
  changed_at: string
  changed_by_name: string
  reason: string
}
export interface CaseWorkflow {
  name: string
  version: number
  /** "" for one of the program */
  title: string
  states: string[]
  is_for_crews: boolean
}
export interface ClockPreset {
  name: string
  title: string
  /** name, accept, first reply, closing, follow-up, warnings, hours */
  row: string
}
/** What a type may name. */
export interface CaseRules {
  workflows: CaseWorkflow[]
  clock_presets: ClockPreset[]
}
/** The form of a case by the version it was made with. */
export interface CaseFormView {
  type: string
  title: string
  version: number
  form: FormField[]
  class_code: string
  class_path: string
  answers: Answers
  may_change: boolean
  /** of the case, to be sent with a correction */
  case_version: number
  /** it is to be classified, and nobody has yet */
  needs_class: boolean
  classes: CaseClass[]
}

export const caseTypes = {
  all: () => ask<Page<TypeVersion>>('/case-types').then((page) => page.items),
  versions: (code: string) => ask<Page<TypeVersion>>(`/case-types/${encodeURIComponent(code)}/versions`).then((page) => page.items),
  change: (type: CaseType, basedOn: number, reason: string) =>
    ask<TypeVersion>(`/case-types/${encodeURIComponent(type.code)}`, { method: 'PUT', body: { type, based_on: basedOn, reason } }),
  rules: () => ask<CaseRules>('/case-rules'),
  correct: (id: number, body: { answers: Answers; class_code: string; version: number; reason: string }) =>
    ask<CaseFormView>(`/cases/${id}/form`, { method: 'PUT', body }),
  /** undefined for a case of before there were forms */
  ofCase: (id: number) => ask<CaseFormView | undefined>(`/cases/${id}/form`),
}

/** The newest of each, for the desk; read again whenever a form is begun, so that a change is seen at once. */
const known = ref<TypeVersion[]>([])
export function useCaseTypes() {
  const load = () => caseTypes.all().then((items) => void (known.value = items), () => undefined)
  const of = (code: string) => known.value.find((t) => t.type.code === code)
  return { known, load, of }
}
