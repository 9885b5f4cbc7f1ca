// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isName, lineHere, nodeOf, parseFlow, portsOf, promptsOf, startOf, textOf, valueOf, walk, wayOf, waysOf } from './flow_text'

const folder = fileURLToPath(new URL('../../../../scenarios', import.meta.url))
const files = readdirSync(folder, { recursive: true }).map(String).filter((f) => f.endsWith('.flow'))
const read = (file: string) => readFileSync(`${folder}/${file}`, 'utf8')
const sample = `# A flow.
flow main
start hello
person desk

# who calls
node hello play
  say greeting recorded-notice
  # until further notice
  barge-in no
  -> menu

node menu choose
  say menu-main
  key 1 -> desk
  wait 3s

node desk queue
  queue repair
recorded no
# the end
`

describe('the text of a flow', () => {
  it('has every shipped flow', () => expect(files.length).toBeGreaterThan(10))
  it.each(files)('loses no line of %s', (file) => {
    const lines = (text: string) => text.split('\n').map((l) => l.trim()).filter(Boolean)
    const text = read(file)
    expect(lines(textOf(parseFlow(text)))).toEqual(lines(text))
    expect(textOf(parseFlow(textOf(parseFlow(text))))).toBe(textOf(parseFlow(text)))
  })
  it('knows nodes, their comments, lines and where they stand', () => {
    const flow = parseFlow(sample)
    expect(flow.nodes.map((n) => [n.name, n.kind, n.line])).toEqual([['hello', 'play', 7], ['menu', 'choose', 13], ['desk', 'queue', 18]])
    expect(nodeOf(flow, 'hello')!.notes).toEqual(['who calls'])
    expect(nodeOf(flow, 'hello')!.lines).toContain('# until further notice')
    expect(promptsOf(nodeOf(flow, 'hello')!)).toEqual(['greeting', 'recorded-notice'])
    expect(flow.head).toContain('recorded no')
    expect(flow.tail).toEqual(['the end'])
    expect(valueOf(flow.head, 'recorded')).toBe('no')
  })
  it('reads ways, also those of lines it does not know', () => {
    expect(wayOf('key 1 -> desk')).toEqual({ label: 'key 1', to: 'desk' })
    expect(wayOf('time mon-fri 08:30-17:30 -> desk')).toEqual({ label: 'time mon-fri 08:30-17:30', to: 'desk' })
    expect(wayOf('-> desk')).toEqual({ label: '', to: 'desk' })
    expect(wayOf('slow -> desk')).toEqual({ label: 'slow', to: 'desk' })
    expect(wayOf('say greeting')).toBeUndefined()
    expect(wayOf('# -> desk')).toBeUndefined()
    expect(wayOf('key 1 -> ')).toBeUndefined()
  })
  it('adds the ways that are there without a line, keys first', () => {
    const flow = parseFlow(sample)
    expect(portsOf(flow, nodeOf(flow, 'menu')!)).toEqual([
      { label: 'key 1', to: 'desk', isImplied: false },
      { label: 'other', to: 'desk', isImplied: true },
      { label: 'nothing', to: 'desk', isImplied: true },
    ])
  })
  it('walks from the start as a caller does, then to what is left', () => {
    const flow = parseFlow(`${sample}\nnode lost play\n  -> hello\n`)
    expect(walk(flow).map((w) => [w.node.name, w.depth, w.isReached])).toEqual([['hello', 0, true], ['menu', 1, true], ['desk', 2, true], ['lost', 0, false]])
    expect(startOf(parseFlow('node a play\nnode b play'))).toBe('a')
  })
  it('takes anything for a text', () => {
    for (const odd of ['', '\n\n', 'node', 'node a', '  -> b', 'node a play\n\t-> b\r\n', 'flow x\n#\n']) expect(() => walk(parseFlow(odd))).not.toThrow()
    expect(waysOf(parseFlow('node a play\n\t-> b\r\n').nodes[0]!)).toEqual([{ label: '', to: 'b' }])
  })
  it('knows a name', () => {
    expect(['a', 'a-1', '1a'].map(isName)).toEqual([true, true, true])
    expect(['', '-a', 'A', 'a b', 'a_b', '中', 'a'.repeat(41)].map(isName)).toEqual(Array(7).fill(false))
  })
  it('finds a line of the server\'s text in the text as it is typed', () => {
    const typed = '# mine\nflow main\nnode a play\n  -> gone\n\nnode b choose\n  key 1   -> a\n'
    const canonical = 'flow main\nzone +08:00\n\nnode a play\n  -> gone\n\nnode b choose\n  key 1 -> a\n  wait 5s\n'
    expect([5, 4, 8, 9, 1, 2, 0, 99].map((line) => lineHere(typed, canonical, line))).toEqual([4, 3, 7, 6, 2, 0, 0, 0])
  })
})
