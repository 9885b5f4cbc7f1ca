// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { addNode, freeName, headValues, insertOnWay, moveRule, relabel, removeNode, renameNode, setHead, setKind, setNote, setValue, setWay } from './flow_edit'
import { nodeOf, parseFlow, startOf, textOf, type Flow } from './flow_text'

const flow = parseFlow(`flow main
zone +08:00
start hello
person desk

node hello play
  say greeting
  -> known

node known branch
  tag elder -> elder
  open office -> menu
  else -> desk

# 菜单
node menu choose
  say menu-main
  key 1 -> elder
  # kept
  nothing -> desk
  wait 3s

node elder queue
  queue elder

node desk queue
  say to-person
  queue repair
`)
const linesOf = (f: Flow, name: string) => nodeOf(f, name)?.lines

describe('edits of a flow', () => {
  it('put a line where the server would write it', () => {
    expect(linesOf(setValue(flow, 'elder', 'say', 'elder-lane'), 'elder')).toEqual(['say elder-lane', 'queue elder'])
    expect(linesOf(setValue(flow, 'desk', 'priority', '5'), 'desk')).toEqual(['say to-person', 'queue repair', 'priority 5'])
    expect(linesOf(setValue(flow, 'menu', 'wait', '5s'), 'menu')!.at(-1)).toBe('wait 5s')
    expect(linesOf(setValue(flow, 'desk', 'say', undefined), 'desk')).toEqual(['queue repair'])
    expect(setValue(flow, 'desk', 'priority', '')).toEqual(flow)
  })
  it('lead a key somewhere, give it another number, take it away', () => {
    expect(linesOf(setWay(flow, 'menu', 'key 2', 'desk'), 'menu')).toEqual(['say menu-main', 'key 1 -> elder', '# kept', 'key 2 -> desk', 'nothing -> desk', 'wait 3s'])
    expect(linesOf(setWay(flow, 'menu', 'key 1', 'desk'), 'menu')).toContain('key 1 -> desk')
    expect(linesOf(setWay(flow, 'menu', 'key 1', ''), 'menu')).not.toContain('key 1 -> elder')
    expect(linesOf(relabel(flow, 'menu', 'key 1', 'key 9'), 'menu')).toContain('key 9 -> elder')
    const two = setWay(flow, 'menu', 'key 2', 'desk')
    expect(relabel(two, 'menu', 'key 1', 'key 2')).toBe(two)
  })
  it('keep rules in their order, and move one', () => {
    expect(linesOf(setWay(flow, 'known', 'holiday', 'desk'), 'known')).toEqual(['tag elder -> elder', 'open office -> menu', 'holiday -> desk', 'else -> desk'])
    expect(linesOf(moveRule(flow, 'known', 'open office', -1), 'known')).toEqual(['open office -> menu', 'tag elder -> elder', 'else -> desk'])
    expect(moveRule(flow, 'known', 'tag elder', -1)).toEqual(flow)
    expect(moveRule(flow, 'known', 'open office', 1)).toEqual(flow)
  })
  it('rename a node everywhere it is named', () => {
    const made = renameNode(flow, 'desk', 'person')
    expect(textOf(made)).not.toContain('desk')
    expect(headValues(made, 'person')).toEqual(['person'])
    expect(linesOf(made, 'menu')).toContain('nothing -> person')
    expect(renameNode(flow, 'desk', 'menu')).toBe(flow)
  })
  it('add a node, also into a way', () => {
    const made = insertOnWay(flow, 'hello', '', 'play', 'news')
    expect(linesOf(made, 'hello')).toContain('-> news')
    expect(linesOf(made, 'news')).toEqual(['-> known'])
    expect(made.nodes.map((n) => n.name).slice(0, 2)).toEqual(['hello', 'news'])
    expect(linesOf(addNode(flow, 'queue', 'q'), 'q')).toEqual(['queue elder'])
    expect(freeName(flow, 'menu')).toBe('menu-2')
    expect(freeName(addNode(flow, 'play', 'menu-2'), 'menu')).toBe('menu-3')
  })
  it('take a node out: who came to it goes where it led', () => {
    expect(linesOf(removeNode(flow, 'known'), 'hello')).toEqual(['say greeting', '-> desk'])
    const noHello = removeNode(flow, 'hello')
    expect(startOf(noHello)).toBe('known')
    const noElder = removeNode(flow, 'elder')
    expect(linesOf(noElder, 'menu')).toEqual(['say menu-main', '# kept', 'nothing -> desk', 'wait 3s'])
    expect(linesOf(noElder, 'known')).not.toContain('tag elder -> elder')
    expect(headValues(removeNode(flow, 'desk'), 'person')).toEqual(['desk'])
    expect(startOf(removeNode(parseFlow('node a play\n  -> c\nnode b play\nnode c play'), 'a'))).toBe('c')
  })
  it('change a kind and keep what the new kind has too', () => {
    expect(linesOf(setKind(flow, 'hello', 'choose'), 'hello')).toEqual(['say greeting', 'key 1 -> known', 'wait 3s'])
    expect(linesOf(setKind(flow, 'menu', 'play'), 'menu')).toEqual(['say menu-main', '# kept', '-> elder'])
    expect(linesOf(setKind(flow, 'desk', 'voicemail'), 'desk')).toEqual(['say to-person'])
  })
  it('write about the whole flow', () => {
    const made = setHead(flow, 'must-hear', ['recorded-notice'])
    expect(made.head).toEqual(['flow main', 'zone +08:00', 'must-hear recorded-notice', 'start hello', 'person desk'])
    expect(setHead(made, 'must-hear', [])).toEqual(flow)
    const days = setHead(flow, 'holiday', ['2026-10-01 国庆节', '2026-10-02'])
    expect(headValues(days, 'holiday')).toEqual(['2026-10-01 国庆节', '2026-10-02'])
    expect(days.head.indexOf('holiday 2026-10-01 国庆节')).toBe(2)
    expect(textOf(setNote(flow, 'menu', '一\n二'))).toContain('# 一\n# 二\nnode menu choose')
  })
})
