// SPDX-License-Identifier: Apache-2.0
// Imports go one way: app -> features -> shared, and no feature imports another.
// Also: no source file over 500 lines, no component over 200.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const src = resolve(dirname(fileURLToPath(import.meta.url)), '../src')
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.(ts|vue)$/.test(e.name))
  .map((e) => join(e.parentPath ?? e.path, e.name))

/** @returns {[shelf: string, room: string]} of a path below src */
const place = (path) => {
  const [shelf = '', room = ''] = relative(src, path).split(sep)
  return [shelf, room]
}
const target = (file, spec) => {
  if (spec.startsWith('@/')) return join(src, spec.slice(2))
  return spec.startsWith('.') ? resolve(dirname(file), spec) : undefined
}
const may = {
  app: ['app', 'features', 'shared'],
  features: ['features', 'shared'],
  shared: ['shared'],
}
/** Within shared: ui and api stand on lib and messages; lib stands on nothing. */
const mayShared = {
  lib: ['lib'],
  messages: ['messages', 'lib'],
  api: ['api', 'lib', 'messages'],
  ui: ['ui', 'api', 'lib', 'messages'],
}

const faults = []
for (const file of files) {
  const text = readFileSync(file, 'utf8')
  const name = relative(src, file)
  const lines = text.split('\n').length
  const limit = file.endsWith('.vue') ? 200 : 500
  if (lines > limit) faults.push(`${name}: ${lines} lines, the limit is ${limit}`)
  if (!text.includes('SPDX-License-Identifier')) faults.push(`${name}: no SPDX line`)
  const [shelf, room] = place(file)
  for (const [, spec] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    const to = target(file, spec)
    if (!to) continue
    const [toShelf, toRoom] = place(to)
    if (!may[shelf]?.includes(toShelf)) faults.push(`${name}: ${shelf} may not import ${toShelf} (${spec})`)
    else if (shelf === 'features' && toShelf === 'features' && room !== toRoom)
      faults.push(`${name}: feature ${room} may not import feature ${toRoom} (${spec})`)
    else if (shelf === 'shared' && toShelf === 'shared' && !mayShared[room]?.includes(toRoom))
      faults.push(`${name}: shared/${room} may not import shared/${toRoom} (${spec})`)
  }
}
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`layers: ${files.length} files, ${faults.length} faults\n`)
process.exit(faults.length ? 1 : 0)
