// SPDX-License-Identifier: Apache-2.0
// Who is signed in.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { serverClock } from '../lib/server_clock'
import type { Role, Session } from './contract'
import { api } from './endpoints'
import { setCsrf } from './http'

export const useSession = defineStore('session', () => {
  const session = ref<Session>()
  const isRestored = ref(false)

  const user = computed(() => session.value?.user)
  const has = (role: Role) => user.value?.roles.includes(role) ?? false
  const takesCalls = computed(() => has('agent') || has('supervisor'))
  /** of a unit that cases go to, or an editor of knowledge: no calls, no queues */
  const seesNoQueues = computed(() => user.value?.roles.every((role) => ['handler', 'crew', 'knowledge'].includes(role)) ?? false)
  const isSupervisor = computed(() => has('supervisor') || has('admin'))

  function take(answer: Session | undefined): void {
    session.value = answer
    setCsrf(answer?.csrf ?? '')
    if (answer) serverClock.observe(answer.server_time)
  }
  async function restore(): Promise<void> {
    if (isRestored.value) return
    take(await api.session().catch(() => undefined))
    isRestored.value = true
  }
  async function signIn(login: string, password: string): Promise<void> {
    take(await api.signIn(login, password))
    isRestored.value = true
  }
  async function signOut(): Promise<void> {
    await api.signOut().catch(() => undefined)
    take(undefined)
  }
  return { session, user, isSupervisor, takesCalls, seesNoQueues, has, take, restore, signIn, signOut }
})
