// SPDX-License-Identifier: Apache-2.0
// One case being written: its draft here and on the server, its reserved number, its saving.
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import type { Case, Customer } from '@/shared/api/contract'
import { useCaseTypes } from '@/shared/api/case_types'
import { api } from '@/shared/api/endpoints'
import { ApiError } from '@/shared/api/http'
import { DraftKeeper, type DraftPlace } from '@/shared/lib/draft_keeper'
import { forget, keep, kept } from '@/shared/lib/keep'
import { newKey } from '@/shared/lib/new_key'
import { serverClock } from '@/shared/lib/server_clock'
import { personField } from '@/shared/api/case_people'
import { faultText } from '@/shared/ui/answer_words'
import { blankForm, check, checkType, fillKnown, inputOf, isBlank, newer, readDraft, steps, type CaseForm, type FieldErrors } from './case_form'

export interface FormSource {
  interaction: number
  number: string
  customer: Customer | undefined
  /** words that this case begins with, of a conversation */
  words?: { detail: string; number: string }
  /** of the sentences for who types */
  language: string
}


export function useCaseForm(source: FormSource) {
  const interaction = source.interaction
  const storageKey = `ys-draft-${interaction}`
  const form = ref(blankForm())
  const number = ref('')
  const errors = ref<FieldErrors>({})
  /** sentences of what is wrong with the class and the answers, by field */
  const answerErrors = ref<Record<string, string>>({})
  const types = useCaseTypes()
  const type = computed(() => types.of(form.value.kind))
  const place = ref<DraftPlace>('none')
  const savedAt = ref(0)
  const isSaving = ref(false)
  const made = ref<Case>()
  const hasTried = ref(false)
  const isReady = ref(false)
  /** the same through every retry, so that a case is never made twice */
  const key = newKey()

  const keeper = new DraftKeeper({
    keepHere: (text) => keep(storageKey, text),
    forgetHere: () => forget(storageKey),
    put: (text) => api.putDraft(interaction, text),
    remove: () => api.dropDraft(interaction),
    now: () => serverClock.now(),
    told: (where, at) => {
      place.value = where
      savedAt.value = at
    },
  })

  async function open(): Promise<void> {
    const here = readDraft(kept(storageKey))
    const there = await api.draft(interaction).then((d) => readDraft(d?.body), () => undefined)
    const found = newer(here, there)
    if (found && isBlank(form.value)) {
      form.value = found.form
      place.value = found === there ? 'server' : 'browser'
      savedAt.value = found.at
    }
    form.value = fillKnown(form.value, source.number, source.customer)
    takeWords()
    isReady.value = true
  }
  /** Never over what somebody typed for another matter; its own words of before are no other matter. */
  const hasWords = ref(false)
  function takeWords(): void {
    const words = source.words
    if (!words) return
    hasWords.value = isBlank(form.value) || form.value.detail.includes(words.detail)
    if (isBlank(form.value)) form.value = { ...form.value, detail: words.detail, contact_number: form.value.contact_number || words.number }
  }
  async function reserve(): Promise<void> {
    number.value = await api.reserveCaseNumber(interaction).then((r) => r.number, () => '')
  }

  watch(form, (now) => {
    if (!isReady.value || made.value) return
    if (hasTried.value) look(now)
    if (!isBlank(now)) keeper.note(JSON.stringify({ at: serverClock.now(), form: now }))
    if (!number.value && !isBlank(now)) void reserve()
  }, { deep: true })
  watch(() => [source.number, source.customer] as const, ([from, customer]) => {
    if (isReady.value && !made.value) form.value = fillKnown(form.value, from, customer)
  })

  function look(now: CaseForm): boolean {
    errors.value = check(now, type.value?.type.nature)
    answerErrors.value = Object.fromEntries(checkType(now, type.value).map((f) => [f.field, faultText(source.language, f)]))
    return !Object.keys(errors.value).length && !Object.keys(answerErrors.value).length
  }
  /** @returns the case; undefined when a field is wrong. Throws when the server could not be reached. */
  async function submit(kindWord: string): Promise<Case | undefined> {
    hasTried.value = true
    if (!look(form.value) || isSaving.value || made.value) return undefined
    isSaving.value = true
    try {
      const customer = source.customer?.id ?? (await rememberCaller())
      const body = inputOf(form.value, number.value, interaction, customer, kindWord, type.value)
      made.value = await api.addCase(body, key)
      await keeper.discard()
      return made.value
    } catch (error) {
      if (error instanceof ApiError && Object.keys(error.fields).length) takeFields(error)
      void keeper.flush()
      throw error
    } finally {
      isSaving.value = false
    }
  }
  /** @returns the new person's id; 0 when there is nobody to keep, or it could not be done */
  let personKept = 0
  async function rememberCaller(): Promise<number> {
    const { contact_name, contact_number, address, remember, has_elder } = form.value
    if (personKept || !remember || !contact_name.trim()) return personKept
    const numbers = [...new Set([source.number, contact_number.replace(/[\s-]/g, '')].filter(Boolean))]
    const person = { name: contact_name.trim(), address: address.trim(), numbers, tags: has_elder ? ['elder'] : [] }
    // The case comes first: without the person it is still a case.
    personKept = await api.addCustomer(person).then((c) => c.id, () => 0)
    return personKept
  }
  function takeFields({ fields, texts }: ApiError): void {
    for (const [name, text] of Object.entries(texts))
      answerErrors.value = { ...answerErrors.value, [name.replace(/^answers\./, '')]: text }
    for (const name of ['contact_number', 'address', 'kind', 'detail'] as const)
      if (fields[name]) errors.value = { ...errors.value, [name]: fields[name] }
    for (const [name, code] of Object.entries(fields)) {
      const field = personField(name)?.field
      if (field === 'name' || field === 'phone') errors.value = { ...errors.value, [`subject_${field}`]: code }
    }
  }
  async function throwAway(): Promise<void> {
    form.value = fillKnown(blankForm(), source.number, source.customer)
    errors.value = {}
    answerErrors.value = {}
    hasTried.value = false
    forget(storageKey)
    place.value = 'none'
    await api.dropDraft(interaction).catch(() => undefined)
  }

  void open()
  void types.load()
  if (interaction) void reserve()
  onBeforeUnmount(() => keeper.close())

  return {
    form, number, hasWords, isReady, errors, answerErrors, type, types: types.known, place, savedAt, isSaving, made, submit, throwAway,
    saveDraft: () => keeper.flush(),
    steps: computed(() => steps(form.value)),
    /** what the type's form needs and has not got */
    openAnswers: computed(() => checkType(form.value, type.value).filter((f) => f.code === 'need_answer' || f.code === 'need_class').length),
    isDirty: computed(() => !isBlank(form.value)),
  }
}
