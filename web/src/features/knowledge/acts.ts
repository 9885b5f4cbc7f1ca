// SPDX-License-Identifier: Apache-2.0
// What can be done to an article, and what each act asks for.
import type { ArticleVerb, ArticleVersion, ArticleView } from '@/shared/api/knowledge'

/** Each but writing, which has a page of its own. */
export type AskedVerb = Exclude<ArticleVerb, 'write'>
export const needsWhy = (verb: AskedVerb): boolean => ['send_back', 'drop', 'roll_back', 'retire', 'keep'].includes(verb)
export const needsMinute = (verb: AskedVerb): boolean => ['approve', 'roll_back', 'retire'].includes(verb)
/** Of the article as it stands; dropping and rolling back belong to a version. */
export const articleActs: AskedVerb[] = ['submit', 'approve', 'send_back', 'retire', 'keep']

const isToCome = (v: ArticleVersion, now: number) => !!v.from && Date.parse(v.from) > now
/** What can be done to one version now, of what this person may do. */
export function versionActs(view: ArticleView, v: ArticleVersion, now: number): AskedVerb[] {
  const out: AskedVerb[] = []
  const isOpen = v.number === view.line.open_version
  if (view.can.includes('drop') && (isOpen || (v.state === 'approved' && isToCome(v, now)))) out.push('drop')
  if (view.can.includes('roll_back') && v.state === 'approved' && !isToCome(v, now) && v.number !== view.line.version) out.push('roll_back')
  return out
}
/** Which version is looked at first: what waits for a reader, else what is said, else the newest. */
export function firstShown(view: ArticleView): number {
  if (view.line.open_state === 'in_review') return view.line.open_version
  return view.line.version || view.line.open_version || view.versions[0]?.number || 0
}
/** What a comparison begins with: what is said against what is open, else the last two. */
export function firstCompared(view: ArticleView): { before: number; after: number } {
  const numbers = view.versions.map((v) => v.number)
  const after = view.line.open_version || numbers[0] || 0
  const before = view.line.version && view.line.version !== after ? view.line.version : (numbers.find((n) => n < after) ?? after)
  return { before, after }
}
