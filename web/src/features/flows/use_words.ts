// SPDX-License-Identifier: Apache-2.0
// Nodes, ways and lines of a flow in words people use.
import { useI18n } from 'vue-i18n'
import type { FlowWords } from '@/shared/api/flows'
import type { IconName } from '@/shared/ui/icons'
import { nodeKinds, nodeOf, promptsOf, valueOf, wayOf, wordsOf, type Flow, type FlowNode, type Port } from './flow_text'

const icons: Record<string, IconName> = { play: 'vol', choose: 'keys', digits: 'lock', progress: 'search', branch: 'merge', queue: 'queue', voicemail: 'mic', 'hang-up': 'hang', wait: 'clock', live: 'globe', answer: 'book', guess: 'user' }
export const iconOf = (kind: string): IconName => icons[kind] ?? 'doc'
const looksUp = (kind: string) => kind === 'progress' || kind === 'live' || kind === 'answer'
/** A note this short is a name. */
const titleMax = 14

export function useWords() {
  const { t, te } = useI18n()
  const key = (name: string) => name.replace(/-/g, '_')
  const kindWord = (kind: string): string => (te(`flows.kind_${key(kind)}`) ? t(`flows.kind_${key(kind)}`) : kind)
  const isKnownKind = (kind: string) => (nodeKinds as readonly string[]).includes(kind)

  function titleOf(node: { name: string; notes: string[] } | undefined, name = node?.name ?? ''): string {
    const note = node?.notes.length === 1 ? node.notes[0]! : ''
    if (note && note.length <= titleMax) return note
    if (te(`flows.node_${key(name)}`)) return t(`flows.node_${key(name)}`)
    return te(`desk.path_${key(name)}`) ? t(`desk.path_${key(name)}`) : name
  }
  /** The way out in a few words; `kind` is of the node it leaves. */
  function wayWord(label: string, kind: string): string {
    const [first = '', ...rest] = wordsOf(label)
    const value = rest.join(' ')
    switch (first) {
      case 'guess': return te(`flows.guess_${value}`) ? t(`flows.guess_${value}`) : value
      case '': return t(kind === 'guess' ? 'flows.way_no_guess' : looksUp(kind) ? 'flows.way_told' : kind === 'digits' ? 'flows.way_keyed' : 'flows.way_on')
      case 'key': return t('flows.way_key', { key: value })
      case 'other': return t(kind === 'progress' ? 'flows.way_no_case' : kind === 'live' ? 'flows.way_offers_person' : kind === 'answer' ? 'flows.way_not_understood' : 'flows.way_other')
      case 'nothing': return t(looksUp(kind) ? 'flows.way_no_answer' : 'flows.way_nothing')
      case 'else': return t('flows.way_else')
      case 'tag': return t('flows.rule_tag', { value })
      case 'number': return t('flows.rule_number', { value })
      case 'withheld': return t('flows.rule_withheld')
      case 'open': return t('flows.rule_open', { value })
      case 'holiday': return t('flows.rule_holiday')
      case 'time': return value
      default: return label
    }
  }
  /** As little as says which: on a port of the canvas. */
  function portWord(port: Port, kind: string): string {
    const [first = '', ...rest] = wordsOf(port.label)
    if (first === 'key') return rest.join(' ')
    if (['other', 'nothing', 'else', ''].includes(first)) return wayWord(port.label, kind)
    return rest.join(' ') || wayWord(port.label, kind)
  }
  const keysWord = (keys: number | undefined): string =>
    keys === undefined ? t('flows.keys_never') : keys === 0 ? t('flows.keys_none') : t('flows.keys_n', { n: keys })

  /** What a caller hears or what is decided there, in one line. */
  function gist(node: FlowNode, words: FlowWords): string {
    const said = promptsOf(node).map((p) => words.prompts.find((one) => one.name === p)?.text || p).join('')
    const queue = valueOf(node.lines, 'queue')
    if (node.kind === 'queue') return t('flows.gist_queue', { queue: words.queues.find((q) => q.name === queue)?.title || queue || '–' })
    if (said) return said
    if (node.notes.length) return node.notes[0]!
    return te(`flows.gist_${key(node.kind)}`) ? t(`flows.gist_${key(node.kind)}`) : ''
  }
  /** A line of a node in words, where there are some: where a way leads, what is said, which queue. */
  function lineWord(line: string, kind: string, flow: Flow, words: FlowWords): string {
    const way = wayOf(line)
    if (way) return `${wayWord(way.label, kind)} → ${titleOf(nodeOf(flow, way.to), way.to)}`
    const [first = '', ...rest] = wordsOf(line)
    if (first === 'say') return rest.map((p) => words.prompts.find((one) => one.name === p)?.text || p).join('')
    return first === 'queue' ? t('flows.gist_queue', { queue: words.queues.find((q) => q.name === rest[0])?.title || rest.join(' ') }) : ''
  }
  return { kindWord, isKnownKind, titleOf, wayWord, portWord, keysWord, gist, lineWord }
}
