// SPDX-License-Identifier: Apache-2.0
// The form of a centre's rules: loaded, changed, tried out a moment after each change, saved.
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { ApiError } from '@/shared/api/http'
import { rulesApi, type CentreRow, type CentreRules, type Figures, type RuleQueue, type RulesPreview, type RulesView } from '@/shared/api/rules'

const tryAfterMs = 600

export const newQueue = (): RuleQueue => ({
  id: 0, name: '', title: '', answer_within_s: 15, waiting_max: 50, priority: 0, strategy: 'longest_idle', skill: '', needs: [],
  overflow: 0, prefer_for_s: 0, callback_after_s: 0, voicemail_after_s: 0, rings: [], slid_to_s: null, hours: '',
})

/** Branches under their parents, with how deep each stands. */
export function asTree(rows: CentreRow[]): { centre: CentreRow; depth: number }[] {
  const known = new Set(rows.map((r) => r.id))
  const below = (parent: number, depth: number): { centre: CentreRow; depth: number }[] =>
    rows.filter((r) => (known.has(r.parent_id) ? r.parent_id : 0) === parent)
      .flatMap((centre) => [{ centre, depth }, ...below(centre.id, depth + 1)])
  return below(0, 0)
}

/** "91 %" of 0.913; "–" when nobody called. */
export const percent = (rate: number | null) => (rate === null ? '–' : `${Math.round(rate * 100)}\u00a0%`)

/** A name that no other queue or skill has. */
export function freeName(stem: string, taken: string[]): string {
  for (let n = 1; ; n++) if (!taken.includes(`${stem}-${n}`)) return `${stem}-${n}`
}

export function useRulesForm() {
  const centre = ref(0)
  const rules = ref<CentreRules>()
  const helpers = ref<RulesView['helpers']>([])
  const figures = ref<Figures[]>([])
  const usesFigures = ref(false)
  const faults = ref<Record<string, string>>({})
  const preview = ref<RulesPreview>()
  const isTrying = ref(false)
  const failure = ref<unknown>()
  let stored = ''
  let timer = 0
  let turn = 0

  const isChanged = computed(() => rules.value !== undefined && JSON.stringify(rules.value) !== stored)

  function take(view: RulesView): void {
    rules.value = view.rules
    helpers.value = view.helpers
    stored = JSON.stringify(view.rules)
    faults.value = {}
    figures.value = view.rules.queues.map((q) => figures.value.find((f) => f.queue === q.name) ?? { queue: q.name, calls_per_hour: 30, handling_s: 180, patience_s: 90 })
  }
  async function load(id: number): Promise<void> {
    failure.value = undefined
    try {
      const view = await rulesApi.rules(id)
      if (id !== centre.value) return
      take(view)
    } catch (error) {
      failure.value = error
    }
  }
  /** What the server says is wrong stands at its field; true when that was it. */
  function isAtAField(error: unknown): boolean {
    const isFaults = error instanceof ApiError && error.status === 422
    faults.value = isFaults ? error.fields : {}
    return isFaults
  }
  async function tryOut(): Promise<void> {
    if (!rules.value) return
    const mine = ++turn
    isTrying.value = true
    try {
      const got = await rulesApi.preview(centre.value, rules.value, usesFigures.value ? figures.value : [])
      if (mine !== turn) return
      faults.value = {}
      preview.value = got
    } catch (error) {
      if (mine !== turn) return
      if (!isAtAField(error)) failure.value = error
    } finally {
      if (mine === turn) isTrying.value = false
    }
  }
  async function save(reason: string): Promise<void> {
    if (!rules.value) return
    try {
      take(await rulesApi.save(centre.value, rules.value, reason))
    } catch (error) {
      isAtAField(error)
      throw error
    }
    await tryOut()
  }

  watch(centre, (id) => {
    rules.value = undefined
    preview.value = undefined
    usesFigures.value = false
    figures.value = []
    if (id) void load(id)
  })
  watch([rules, figures, usesFigures], () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void tryOut(), tryAfterMs)
  }, { deep: true })
  onBeforeUnmount(() => window.clearTimeout(timer))

  return { centre, rules, helpers, figures, usesFigures, faults, preview, isTrying, isChanged, failure, load, save }
}

export type RulesForm = ReturnType<typeof useRulesForm>
