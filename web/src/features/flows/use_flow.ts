// SPDX-License-Identifier: Apache-2.0
// One flow being written. The text is the one truth: canvas, outline, form and text change it and show it.
import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue'
import { flowsApi, type FlowAct, type FlowChecked, type FlowLine, type FlowVersion, type FlowVersionView, type FlowView, type FlowWords } from '@/shared/api/flows'
import { ApiError } from '@/shared/api/http'
import { useSession } from '@/shared/api/session'
import { forget, keep, kept } from '@/shared/lib/keep'
import { serverClock } from '@/shared/lib/server_clock'
import { lineHere, nodeOf, parseFlow, startOf, textOf, type Flow } from './flow_text'
import { begun, did, redone, undone, type History } from './history'

const checkAfterMs = 400

interface KeptDraft {
  text: string
  based_on: number
  at: number
}
function readKept(found: string | undefined): KeptDraft | undefined {
  try {
    const draft = JSON.parse(found ?? '') as Partial<KeptDraft>
    return typeof draft.text === 'string' && typeof draft.based_on === 'number' ? { text: draft.text, based_on: draft.based_on, at: draft.at ?? 0 } : undefined
  } catch {
    return undefined
  }
}

export function useFlow(name: string) {
  const storageKey = `ys-flow-${useSession().user?.id ?? 0}-${name}`
  const line = ref<FlowLine>()
  const versions = shallowRef<FlowVersion[]>([])
  const words = shallowRef<FlowWords>({ queues: [], skills: [], prompts: [], tags: [] })
  const history = shallowRef<History>(begun(''))
  /** the version the text was begun from, and its text */
  const basedOn = ref(0)
  const was = ref('')
  const chosen = ref('')
  const checked = shallowRef<FlowChecked>()
  /** whether `checked` is of the text as it stands */
  const isChecked = ref(false)
  const keptAt = ref(0)
  /** a draft of this browser was found; isOld: a newer version is on the server than it began with */
  const restored = ref<{ at: number; isOld: boolean }>()
  /** the newest version, when somebody else saved one meanwhile */
  const newer = ref(0)
  const isReady = ref(false)
  const isSaving = ref(false)
  const checkFailure = ref<unknown>()
  let timer = 0
  let turn = 0

  const text = computed(() => history.value.now)
  const flow = computed(() => parseFlow(text.value))
  const node = computed(() => nodeOf(flow.value, chosen.value))
  const mayChange = computed(() => line.value?.may_change === true)
  const isDirty = computed(() => isReady.value && text.value !== was.value)
  /** with the lines of the text that stands here */
  const faults = computed(() => (checked.value?.faults ?? []).map((f) => ({ ...f, line: lineHere(text.value, checked.value!.text, f.line) })))
  const faultsAt = (of: string) => faults.value.filter((f) => f.node === of)
  const keysToPerson = computed(() => new Map(checked.value?.keys_to_person.map((k) => [k.node, k.keys])))
  const version = computed(() => versions.value.find((v) => v.number === basedOn.value))

  const edit = (change: (flow: Flow) => Flow, tag = '') => {
    if (!mayChange.value) return
    const made = change(flow.value)
    if (made !== flow.value) history.value = did(history.value, textOf(made), tag)
  }
  const setText = (next: string, tag = 'text') => {
    if (mayChange.value) history.value = did(history.value, next, tag)
  }
  const undo = () => (history.value = undone(history.value))
  const redo = () => (history.value = redone(history.value))
  const canUndo = computed(() => mayChange.value && history.value.past.length > 0)
  const canRedo = computed(() => mayChange.value && history.value.future.length > 0)

  async function check(): Promise<void> {
    const mine = ++turn
    const sent = text.value
    try {
      const got = await flowsApi.check(name, sent)
      if (mine !== turn) return
      checked.value = got
      checkFailure.value = undefined
      isChecked.value = true
    } catch (error) {
      if (mine === turn) checkFailure.value = error
    }
  }
  watch(text, (now) => {
    if (!isReady.value) return
    isChecked.value = false
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void check(), checkAfterMs)
    if (now === was.value) {
      forget(storageKey)
      keptAt.value = 0
    } else if (keep(storageKey, JSON.stringify({ text: now, based_on: basedOn.value, at: serverClock.now() }))) keptAt.value = serverClock.now()
  })
  // What was chosen and is gone is chosen no more.
  watch(flow, (now) => {
    if (chosen.value && !nodeOf(now, chosen.value)) chosen.value = ''
  })
  onBeforeUnmount(() => window.clearTimeout(timer))

  function take(view: FlowView): void {
    line.value = view.line
    versions.value = view.versions
  }
  function begin(found: FlowVersionView): void {
    line.value = found.line
    basedOn.value = found.version.number
    was.value = found.checked.text
    history.value = begun(found.checked.text)
    checked.value = found.checked
    isChecked.value = true
    newer.value = 0
    keptAt.value = 0
    if (!nodeOf(flow.value, chosen.value)) chosen.value = startOf(flow.value)
  }
  /** What is being written comes first, then what is to come, then what callers hear. */
  const newest = (view: FlowView) => view.line.draft || view.line.scheduled || view.line.in_force || view.versions[0]?.number || 0
  /** Throws when the server could not be reached. */
  async function load(): Promise<void> {
    isReady.value = false
    const view = await flowsApi.of(name)
    take(view)
    void flowsApi.words(name).then((got) => (words.value = got), () => undefined)
    begin(await flowsApi.version(name, newest(view)))
    const draft = mayChange.value ? readKept(kept(storageKey)) : undefined
    isReady.value = true
    if (!draft || draft.text === was.value) return
    restored.value = { at: draft.at, isOld: draft.based_on !== basedOn.value }
    basedOn.value = draft.based_on || basedOn.value
    history.value = did(history.value, draft.text)
    keptAt.value = draft.at
  }
  async function refresh(): Promise<void> {
    take(await flowsApi.of(name))
  }
  /** Back to the server's text; what was typed here is gone. */
  async function throwAway(): Promise<void> {
    forget(storageKey)
    restored.value = undefined
    const view = await flowsApi.of(name)
    take(view)
    begin(await flowsApi.version(name, newest(view)))
  }
  /** Goes on from the newest version on purpose: saved next, this text stands above what somebody else wrote. */
  function overwrite(): void {
    if (newer.value) basedOn.value = newer.value
    newer.value = 0
  }
  /** @returns the new version; undefined when somebody else saved first. Throws what the server refuses. */
  async function save(why: string): Promise<number | undefined> {
    if (isSaving.value) return undefined
    isSaving.value = true
    const sent = text.value
    try {
      const made = await flowsApi.save(name, { text: sent, based_on: basedOn.value, why })
      line.value = made.line
      basedOn.value = made.version.number
      restored.value = undefined
      forget(storageKey)
      keptAt.value = 0
      // Typed on meanwhile: that stays, and is not saved yet.
      was.value = text.value === sent ? made.checked.text : sent
      if (text.value === sent) {
        history.value = { ...history.value, now: made.checked.text, tag: '' }
        checked.value = made.checked
      }
      await refresh()
      return made.version.number
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'stale') throw error
      const view = await flowsApi.of(name)
      take(view)
      newer.value = view.versions.find((v) => v.state !== 'dropped')?.number ?? view.versions[0]?.number ?? 0
      return undefined
    } finally {
      isSaving.value = false
    }
  }
  async function act(body: FlowAct): Promise<void> {
    take(await flowsApi.act(name, body))
    // What was brought back or taken away is another text; what is not saved here stays as it is.
    if (!isDirty.value && body.verb !== 'publish') begin(await flowsApi.version(name, newest({ line: line.value!, versions: versions.value })))
  }

  return reactive({
    name, line, versions, version, words, text, flow, node, chosen, basedOn, checked, isChecked, checkFailure, faults, faultsAt, keysToPerson, keptAt, restored, newer,
    isReady, isSaving, isDirty, mayChange, canUndo, canRedo, edit, setText, undo, redo, check, load, refresh, throwAway, overwrite, save, act,
  })
}
export type FlowEditor = ReturnType<typeof useFlow>
