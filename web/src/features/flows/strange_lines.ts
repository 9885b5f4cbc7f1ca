// SPDX-License-Identifier: Apache-2.0
// Lines of a node that its form has no field for: they are shown as they are and changed in the text.
import { wayOf, wordsOf, type FlowNode } from './flow_text'

const fields: Record<string, string[]> = {
  play: ['say', 'barge-in', 'again'],
  choose: ['say', 'barge-in', 'again', 'wait'],
  digits: ['say', 'barge-in', 'again', 'digits', 'secure', 'territory', 'case', 'wait'],
  progress: ['wait'],
  live: ['about', 'prefix', 'place', 'wait'],
  answer: ['say', 'barge-in', 'matter', 'again', 'wait'],
  guess: ['wait'],
  branch: [],
  queue: ['say', 'barge-in', 'queue', 'needs', 'territory', 'priority', 'announce'],
  voicemail: ['say', 'barge-in'],
  'hang-up': ['say', 'barge-in'],
  wait: ['echo'],
}
export const strangeLines = (node: FlowNode): string[] =>
  node.lines.filter((line) => !wayOf(line) && !fields[node.kind]?.includes(wordsOf(line)[0]!))
