// SPDX-License-Identifier: Apache-2.0
// Every message key stands in both languages with the same {places}; every key used in a source
// file exists; no Chinese text stands outside the message files.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const src = resolve(dirname(fileURLToPath(import.meta.url)), '../src')
const messages = join(src, 'shared/messages')
const faults = []

const flatten = (tree, prefix, into) => {
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix ? `${prefix}.${key}` : key
    if (typeof value === 'string') into.set(path, value)
    else flatten(value, path, into)
  }
  return into
}
const load = (locale) => {
  const all = new Map()
  for (const file of readdirSync(join(messages, locale)).filter((f) => f.endsWith('.json')))
    flatten({ [file.replace('.json', '')]: JSON.parse(readFileSync(join(messages, locale, file), 'utf8')) }, '', all)
  return all
}
const zh = load('zh-CN')
const en = load('en')
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join()
for (const [key, text] of zh) {
  if (!en.has(key)) faults.push(`en lacks ${key}`)
  else if (places(text) !== places(en.get(key))) faults.push(`${key}: places differ`)
}
for (const key of en.keys()) if (!zh.has(key)) faults.push(`zh-CN lacks ${key}`)

const used = new Set()
// Forms of cases and the pages of citizen and repairer take their words through typed tables: the compiler checks them.
const prefixes = ['web_call.', 'citizen.', 'citizen_survey.', 'citizen_ask.', 'citizen_list.', 'citizen_chat.', 'acting.', 'field.', 'answers.']
const sources = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.(ts|vue)$/.test(e.name) && !e.name.endsWith('.test.ts'))
  .map((e) => join(e.parentPath ?? e.path, e.name))
for (const file of sources) {
  const text = readFileSync(file, 'utf8')
  const name = relative(src, file)
  for (const [, key] of text.matchAll(/(?<![\w.])(?:\$?t|te)\(\s*'([\w.]+)'/g)) {
    used.add(key)
    if (!zh.has(key)) faults.push(`${name}: no message ${key}`)
  }
  for (const [, prefix] of text.matchAll(/`([a-z_]+\.[\w.]*?)\$\{/g)) prefixes.push(prefix)
  for (const [, key] of text.matchAll(/'([a-z_]+(?:\.\w+)+)'/g)) used.add(key)
  const code = text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const chinese = code.match(/[\u4e00-\u9fff]+/)
  if (chinese) faults.push(`${name}: Chinese text outside the message files: ${chinese[0]}`)
}
for (const key of zh.keys())
  if (!used.has(key) && !prefixes.some((p) => key.startsWith(p))) faults.push(`${key}: no source uses it`)

for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`messages: ${zh.size} keys in two languages, ${faults.length} faults\n`)
process.exit(faults.length ? 1 : 0)
