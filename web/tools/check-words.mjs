// SPDX-License-Identifier: Apache-2.0
// Every word the server sends has a message: facts and their fields, end causes, case kinds and faults,
// codes of refusals and notices, agent and call states, nodes of the demo's flows. Read from its sources.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const source = (path) => readFileSync(join(root, path), 'utf8')
const all = (text, pattern) => [...text.matchAll(pattern)].map((m) => m[1])
/** "LeftInFlow" -> "left_in_flow" */
const snake = (name) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()
const between = (text, from, to) => {
  const at = text.indexOf(from)
  return at < 0 ? '' : text.slice(at, text.indexOf(to, at))
}

/** What must be found under one of the keys, with the file it comes from. */
const wanted = []
const want = (file, words, ...prefixes) => {
  if (!words.length) wanted.push({ file, word: '', prefixes, isEmpty: true })
  for (const word of words) wanted.push({ file, word, prefixes })
}

const facts = source('src/facts/facts.h')
want('src/facts/facts.h', all(facts, /BOOST_DESCRIBE_STRUCT\((\w+),/g), 'facts.')
const inStory = ['facts.word_', 'calls.cause_', 'desk.path_', 'desk.disposition_', 'desk.break_', 'floor.reason_']
const fieldNotes = all(facts, /^\s+std::string \w+;\s*\/\/\/<(.*"\w+".*)$/gm).filter((note) => !note.includes('"agent:'))
want('src/facts/facts.h', fieldNotes.flatMap((note) => all(note, /"(\w+)"/g)), ...inStory)
want('src/facts/facts.h', all(between(facts, 'struct CallArrived', '};'), /"(in|out|web)"/g), 'calls.direction_')
want('src/facts/facts.h', all(between(facts, 'struct RecordingOpened', '};'), /"(\w+)"/g), 'recording.purpose_')

const causes = between(source('src/interactions/end_cause.h'), 'enum class EndCause', '};')
want('src/interactions/end_cause.h', all(causes, /^\s+(\w+),/gm).map(snake), 'calls.cause_')

want('src/cases/case_form.h', all(source('src/cases/case_form.h'), /^\s+Kind\{"(\w+)"/gm), 'case.kind_')
const faults = source('src/cases/case_form.cpp')
want('src/cases/case_form.cpp', [...all(faults, /fault\("\w+", "(\w+)"\)/g), ...all(faults, /return "(\w+)";/g)].map((w) => (w === 'mobile_length' ? 'mobile_short' : w)), 'case.')

for (const room of ['src/api', 'src/app']) {
  const files = readdirSync(join(root, room), { recursive: true }).filter((f) => f.endsWith('.cpp') && !f.endsWith('_test.cpp'))
  want(room, files.flatMap((f) => all(source(join(room, f)), /refused\("(\w+)/g)), 'error.')
}
want('src/api/problem.cpp', all(source('src/api/problem.cpp'), /Sentence\{\s*"(\w+)"/g), 'error.')

const agentStates = all(between(source('src/agents/agent_state.h'), 'enum class AgentState', '}').split('{')[1] ?? '', /(\w+)/g)
const looks = source('web/src/shared/ui/state_word.ts')
for (const state of agentStates) if (!new RegExp(`\\b${state}: '`).test(looks)) want(`AgentState ${state}`, [], 'state.')

for (const file of readdirSync(join(root, 'scenarios/heating')).filter((f) => f.endsWith('.flow')))
  want(`scenarios/heating/${file}`, all(source(`scenarios/heating/${file}`), /^node (\w+)/gm), 'desk.path_')

const messages = new Map()
for (const locale of ['zh-CN', 'en']) {
  const folder = join(root, 'web/src/shared/messages', locale)
  const keys = new Set()
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.json')))
    for (const key of Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8')))) keys.add(`${file.replace('.json', '')}.${key}`)
  messages.set(locale, keys)
}
let failed = 0
for (const { file, word, prefixes, isEmpty } of wanted)
  for (const [locale, keys] of messages) {
    if (!isEmpty && prefixes.some((prefix) => keys.has(prefix + word))) continue
    process.stderr.write(isEmpty ? `${file}: no word found where ${prefixes} expects some; has the source changed?\n` : `${file}: "${word}" has no message ${prefixes.join(' or ')}${word} in ${locale}\n`)
    failed++
  }
process.stdout.write(`words: ${wanted.length} of the server, ${failed} without a message\n`)
process.exit(failed ? 1 : 0)
