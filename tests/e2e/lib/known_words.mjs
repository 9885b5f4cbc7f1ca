// SPDX-License-Identifier: Apache-2.0
// Looks for known words in every file below a folder, however they are written, and says in which table and column
// of a SQLite database they stand.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The ways a word gets into a file: as bytes, in JSON, in an address, in base64 (which has three beginnings). */
export function formsOf(word) {
  const utf8 = Buffer.from(word, 'utf8');
  const forms = [utf8, Buffer.from(word, 'utf16le'), Buffer.from(word, 'utf16le').swap16(), Buffer.from(encodeURIComponent(word)),
    Buffer.from([...word].map((c) => (c > '\x7f' ? `\\u${c.codePointAt(0).toString(16).padStart(4, '0')}` : c)).join('')),
    Buffer.from(utf8.toString('hex')), Buffer.from(utf8.toString('hex').toUpperCase())];
  for (const skipped of [0, 1, 2]) {
    // Whole groups of three bytes only: the edges depend on what stands beside the word.
    const from = (3 - skipped) % 3;
    const inner = utf8.subarray(from, from + Math.floor((utf8.length - from) / 3) * 3);
    if (inner.length >= 6) forms.push(Buffer.from(inner.toString('base64')), Buffer.from(inner.toString('base64url')));
  }
  return forms;
}

export const filesBelow = (folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile()).map((f) => path.join(f.parentPath ?? f.path, f.name));

const readColumns = `
import json, sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
db.text_factory = bytes
forms = {w: [bytes.fromhex(f) for f in fs] for w, fs in json.load(sys.stdin).items()}
out = []
for (table,) in list(db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")):
    table = table.decode()
    try: rows = db.execute('SELECT * FROM "%s"' % table)
    except sqlite3.Error: continue
    names = [d[0] for d in rows.description]
    for row in rows:
        for name, value in zip(names, row):
            value = value if isinstance(value, bytes) else str(value).encode()
            for word, fs in forms.items():
                if any(f in value for f in fs): out.append([table + "." + name, word])
print(json.dumps(sorted(set(map(tuple, out)))))
`;

/**
 * @param words {what it is: the word}
 * @param texts [[name, Buffer]] of what is no file
 * @returns sorted "place: what", a place being a file below the folder, or "table.column" of a database
 */
export function placesOf(words, folder, texts = []) {
  const forms = Object.fromEntries(Object.entries(words).map(([what, word]) => [what, formsOf(word)]));
  const found = new Set();
  for (const [name, bytes] of [...texts, ...filesBelow(folder).map((f) => [path.relative(folder, f), fs.readFileSync(f), f])])
    for (const what of Object.keys(words))
      if (forms[what].some((form) => bytes.includes(form))) found.add(`${name}: ${what}`);
  for (const file of filesBelow(folder).filter((f) => f.endsWith('.db'))) {
    const hex = Object.fromEntries(Object.entries(forms).map(([what, all]) => [what, all.map((f) => f.toString('hex'))]));
    const read = spawnSync('python3', ['-c', readColumns, file], { input: JSON.stringify(hex), encoding: 'utf8' });
    if (read.status !== 0) throw new Error(`reading ${file}: ${read.stderr}`);
    for (const [column, what] of JSON.parse(read.stdout)) found.add(`${column}: ${what}`);
  }
  return [...found].sort();
}
