// SPDX-License-Identifier: Apache-2.0
// Weighs what each page loads first (its script, what that one imports, their styles), gzipped.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist')
const budgets = { 'index.html': 300, 'call.html': 60, 'case.html': 60, 'survey.html': 60, 'ask.html': 90, 'list.html': 90, 'chat.html': 90, 'live.html': 60, 'field.html': 120 }

let failed = false
for (const [page, limit] of Object.entries(budgets)) {
  if (!existsSync(join(dist, page))) {
    process.stderr.write('budgets: no dist/, run npm run build first\n')
    process.exit(1)
  }
  const html = readFileSync(join(dist, page), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((m) => m[1])
  const bytes = [html, ...new Set(files)].reduce(
    (sum, file, i) => sum + gzipSync(i === 0 ? file : readFileSync(join(dist, file)), { level: 6 }).length,
    0,
  )
  const isTooMuch = bytes / 1000 > limit
  failed ||= isTooMuch
  process.stdout.write(
    `budgets: ${page} loads ${(bytes / 1000).toFixed(1)} kB gz first, of ${limit}${isTooMuch ? '  TOO MUCH' : ''}\n`,
  )
  if (/\sstyle="/.test(html) || /<script(?![^>]*\bsrc=)/.test(html)) {
    process.stderr.write(`budgets: ${page} has an inline style or script, which the CSP forbids\n`)
    failed = true
  }
}
process.exit(failed ? 1 : 0)
