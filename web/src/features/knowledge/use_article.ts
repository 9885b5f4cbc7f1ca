// SPDX-License-Identifier: Apache-2.0
// One article being written: begun from the server's words or from a draft of this browser, and sent.
import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { knowledgeApi, type ArticleContent, type ArticleView } from '@/shared/api/knowledge'
import { useSession } from '@/shared/api/session'
import { forget, keep, kept } from '@/shared/lib/keep'
import { serverClock } from '@/shared/lib/server_clock'
import { beginsWith, blankContent, contentOf, faultsOf, formOf, readKept, sameContent, type ArticleForm, type Part } from './article_form'

/** @param id 0 for an article that is not there yet */
export function useArticle(id: number, wanted: string) {
  const me = useSession().user?.id ?? 0
  const storageKey = `ys-article-${me}-${id || 'new'}`
  const view = ref<ArticleView>()
  const form = ref<ArticleForm>(formOf(blankContent(me)))
  const matter = ref(wanted)
  /** the server's words when writing began */
  const was = ref<ArticleContent>(blankContent(me))
  const keptAt = ref(0)
  /** a draft of this browser was found; changed: the server's words are others now than when it began */
  const restored = ref<{ at: number; isChanged: boolean }>()
  const isReady = ref(false)
  const isSaving = ref(false)
  /** pressed once more, it writes over what somebody else wrote meanwhile */
  const isOverwriting = ref(false)
  const isDirty = computed(() => isReady.value && !sameContent(contentOf(form.value), was.value))

  /** Its owner so far goes on; what is new belongs to who writes it. */
  const serverContent = (found: ArticleView): ArticleContent => {
    const content = beginsWith(found)?.content
    return content ? { ...content, owner_id: content.owner_id || me } : blankContent(me)
  }
  function begin(content: ArticleContent): void {
    form.value = formOf(content)
    was.value = contentOf(form.value)
    keptAt.value = 0
    isOverwriting.value = false
  }
  /** Throws when the server could not be reached. */
  async function load(): Promise<void> {
    isReady.value = false
    if (id) {
      view.value = await knowledgeApi.article(id)
      matter.value = view.value.line.matter
      begin(serverContent(view.value))
    }
    const found = readKept(kept(storageKey))
    if (found && !sameContent(found.content, was.value)) {
      restored.value = { at: found.at, isChanged: !sameContent(found.was, was.value) }
      form.value = formOf(found.content)
      if (!id) matter.value = found.matter || wanted
      keptAt.value = found.at
    }
    isReady.value = true
  }
  function throwAway(): void {
    forget(storageKey)
    restored.value = undefined
    begin(view.value ? serverContent(view.value) : blankContent(me))
  }
  watch([form, matter], () => {
    if (!isReady.value || isSaving.value) return
    if (!isDirty.value) {
      forget(storageKey)
      keptAt.value = 0
    } else if (keep(storageKey, JSON.stringify({ was: was.value, content: contentOf(form.value), matter: matter.value, at: serverClock.now() }))) keptAt.value = serverClock.now()
  }, { deep: true })

  /** What the server made of it stands in the form, unless somebody has typed on meanwhile. */
  function taken(made: ArticleView, sent: ArticleContent): void {
    const isSame = sameContent(contentOf(form.value), sent)
    was.value = contentOf(formOf(serverContent(made)))
    keptAt.value = 0
    isOverwriting.value = false
    if (isSame && !sameContent(sent, was.value)) form.value = formOf(was.value)
  }
  /** Whether somebody else has written meanwhile; looked at before each save. */
  async function isStale(): Promise<boolean> {
    if (!id || isOverwriting.value) return false
    const now = await knowledgeApi.article(id)
    if (sameContent(serverContent(now), was.value)) return false
    isOverwriting.value = true
    view.value = now
    return true
  }
  /** @returns the article; "stale" when somebody else changed it first. Throws what the server refuses. */
  async function save(isSubmitting: boolean): Promise<ArticleView | 'stale' | undefined> {
    if (isSaving.value) return undefined
    isSaving.value = true
    try {
      if (await isStale()) return 'stale'
      const content = contentOf(form.value)
      let made = id ? await knowledgeApi.act(id, { verb: 'write', content }) : await knowledgeApi.add(matter.value, content)
      // From here on nothing is left to lose, whatever becomes of the submitting.
      forget(storageKey)
      restored.value = undefined
      view.value = made
      taken(made, content)
      if (isSubmitting) made = await knowledgeApi.act(made.line.id, { verb: 'submit' })
      view.value = made
      return made
    } finally {
      isSaving.value = false
    }
  }
  const faults = (isWhole: boolean): Partial<Record<Part, string>> => faultsOf(form.value, isWhole)

  const warn = (event: BeforeUnloadEvent) => {
    if (isDirty.value) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn))
  return { view, form, matter, was, keptAt, restored, isReady, isSaving, isDirty, load, save, throwAway, faults }
}
