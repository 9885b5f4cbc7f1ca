// SPDX-License-Identifier: Apache-2.0
// Classes found by a piece of their title or by pinyin initials, as src/cases/class_tree.cpp ranks them.

export interface CaseClass {
  code: string
  parent: string
  title: string
  initials: string
}
export interface FoundClass {
  code: string
  title: string
  /** from the top: "A / B / C" */
  path: string
  isLeaf: boolean
}

function way(classes: CaseClass[], code: string): CaseClass[] {
  const out: CaseClass[] = []
  for (let at = classes.find((c) => c.code === code); at && out.length <= classes.length; ) {
    out.unshift(at)
    const above: string = at.parent
    at = above ? classes.find((c) => c.code === above) : undefined
  }
  return out
}

export const classPath = (classes: CaseClass[], code: string) => way(classes, code).map((c) => c.title).join(' / ')
export const isLeaf = (classes: CaseClass[], code: string) => !classes.some((c) => c.parent === code)

/** 0 best; undefined when it does not fit */
function fit(c: CaseClass, typed: string): number | undefined {
  const title = c.title.toLowerCase()
  if (title === typed) return 0
  if (title.startsWith(typed)) return 1
  if (c.initials === typed) return 2
  if (c.initials.startsWith(typed)) return 3
  if (title.includes(typed)) return 4
  return c.initials.includes(typed) ? 5 : undefined
}

const found = (classes: CaseClass[], c: CaseClass): FoundClass => ({ code: c.code, title: c.title, path: classPath(classes, c.code), isLeaf: isLeaf(classes, c.code) })

/** What can be chosen: a branch that fits stands for all that is below it. */
export function leavesFound(classes: CaseClass[], typed: string, limit = 20): FoundClass[] {
  const leaves = classes.filter((c) => isLeaf(classes, c.code))
  const below = (code: string) => leaves.filter((c) => way(classes, c.code).some((n) => n.code === code)).map((c) => found(classes, c))
  const all = searchClasses(classes, typed, classes.length).flatMap((f) => (f.isLeaf ? [f] : below(f.code)))
  return all.filter((f, i) => all.findIndex((g) => g.code === f.code) === i).slice(0, limit)
}

/** Best first, leaves before branches; nothing typed shows every leaf in the order of the data. */
export function searchClasses(classes: CaseClass[], typed: string, limit = 20): FoundClass[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return classes.filter((c) => isLeaf(classes, c.code)).slice(0, limit).map((c) => found(classes, c))
  const ranked: { rank: number; c: CaseClass }[] = []
  for (const c of classes) {
    const own = words.map((w) => fit(c, w)).filter((r): r is number => r !== undefined)
    const on = way(classes, c.code)
    if (own.length && words.every((w) => on.some((n) => fit(n, w) !== undefined)))
      ranked.push({ rank: Math.min(...own) * 2 + (isLeaf(classes, c.code) ? 0 : 1), c })
  }
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, limit).map(({ c }) => found(classes, c))
}
