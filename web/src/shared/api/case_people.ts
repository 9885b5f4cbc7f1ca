// SPDX-License-Identifier: Apache-2.0
// The people of a case beside who rang (代办): for whom it is, who applied, whom to go back to.
import { ask } from './http'

export const personParts = ['subject', 'contact', 'applicant'] as const
export type PersonPart = (typeof personParts)[number]
/** what they are to who rang */
export const personRelations = ['parent', 'child', 'spouse', 'neighbour', 'carer', 'other'] as const

export interface CasePerson {
  part: string
  name: string
  phone: string
  relation: string
  /** "spoken" "page" "none" */
  consent: string
  consent_at?: string | null
  has_withdrawn?: boolean
}
export interface CasePeople {
  /** of the case */
  version: number
  people: CasePerson[]
}

export const casePeopleApi = {
  of: (id: number) => ask<CasePeople>(`/cases/${id}/people`),
  put: (id: number, version: number, people: CasePerson[]) => ask<CasePeople>(`/cases/${id}/people`, { method: 'PUT', body: { version, people: people.map(sent) } }),
}

/** What the server takes of a person. */
export const sent = ({ part, name, phone, relation, consent }: CasePerson) => ({ part, name: name.trim(), phone: phone.trim(), relation, consent })

/** "people.subject.phone" of a refusal as the part's own field; undefined for another field. */
export function personField(name: string): { part: string; field: string } | undefined {
  const [people, part, field] = name.split('.')
  return people === 'people' && part && field ? { part, field } : undefined
}
