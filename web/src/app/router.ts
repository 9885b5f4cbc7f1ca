// SPDX-License-Identifier: Apache-2.0
// The pages and who may open them.
import { createRouter, createWebHistory, type RouteMeta, type RouteRecordRaw } from 'vue-router'
import type { Role } from '@/shared/api/contract'
import { useSession } from '@/shared/api/session'
import DeskPage from './pages/DeskPage.vue'

declare module 'vue-router' {
  interface RouteMeta {
    bare?: boolean
    roles?: Role[]
  }
}

// As src/centres/authorisation.h has it; the server asks again for every request.
const callTakers: Role[] = ['agent', 'supervisor']
const readers: Role[] = [...callTakers, 'quality']
const handlers: Role[] = [...readers, 'handler', 'disclosure']
const overseers: Role[] = ['supervisor', 'admin']
const knowing: Role[] = [...readers, 'knowledge', 'admin']
/** Agents may read flows, too, and have no use for a page of them in the rail. */
const flowReaders: Role[] = ['supervisor', 'quality', 'knowledge', 'admin']

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/features/sign_in/SignInPage.vue'), meta: { bare: true } },
  { path: '/', name: 'desk', component: DeskPage, meta: { roles: callTakers } },
  { path: '/cases', name: 'cases', component: () => import('@/features/cases/CaseListPage.vue'), meta: { roles: handlers } },
  { path: '/cases/:id(\\d+)', name: 'case', component: () => import('@/features/cases/CasePage.vue'), props: true, meta: { roles: handlers } },
  { path: '/cases/:id(\\d+)/print', name: 'case-print', component: () => import('@/features/cases/CasePrintPage.vue'), props: true, meta: { roles: handlers, bare: true } },
  { path: '/calls', name: 'calls', component: () => import('@/features/calls/CallListPage.vue'), meta: { roles: readers } },
  { path: '/calls/:id(\\d+)', name: 'call', component: () => import('./pages/CallPage.vue'), props: true, meta: { roles: readers } },
  { path: '/chats', name: 'chats', component: () => import('@/features/chat/supervisor/ChatListPage.vue'), meta: { roles: readers } },
  { path: '/chats/:id(\\d+)', name: 'chat', component: () => import('@/features/chat/supervisor/ChatStoryPage.vue'), props: true, meta: { roles: readers } },
  { path: '/chats/words', name: 'chat-words', component: () => import('@/features/chat/supervisor/WordsPage.vue'), meta: { roles: ['supervisor'] } },
  { path: '/follow-ups', name: 'follow-ups', component: () => import('@/features/follow_ups/FollowUpsPage.vue'), meta: { roles: callTakers } },
  { path: '/lost', name: 'lost', component: () => import('@/features/lost/LostCallsPage.vue'), meta: { roles: callTakers } },
  { path: '/barred', name: 'barred', component: () => import('@/features/barred/BarredPage.vue'), meta: { roles: ['supervisor'] } },
  { path: '/floor', name: 'floor', component: () => import('@/features/supervisor/FloorPage.vue'), meta: { roles: ['supervisor'] } },
  { path: '/emergencies', name: 'emergencies', component: () => import('@/features/supervisor/EmergencyPage.vue'), meta: { roles: ['supervisor'] } },
  { path: '/incidents', name: 'incidents', component: () => import('@/features/incidents/IncidentsPage.vue'), meta: { roles: ['supervisor'] } },
  { path: '/defects', name: 'defects', component: () => import('@/features/defects/DefectsPage.vue'), meta: { roles: ['supervisor', 'quality'] } },
  { path: '/knowledge', name: 'knowledge', component: () => import('@/features/knowledge/KnowledgePage.vue'), meta: { roles: knowing } },
  { path: '/knowledge/matters', name: 'matters', component: () => import('@/features/knowledge/MattersPage.vue'), meta: { roles: knowing } },
  { path: '/knowledge/directory', name: 'directory', component: () => import('@/features/knowledge/DirectoryPage.vue'), meta: { roles: knowing } },
  { path: '/knowledge/gaps', name: 'gaps', component: () => import('@/features/knowledge/GapsPage.vue'), meta: { roles: ['knowledge'] } },
  { path: '/knowledge/reminders', name: 'article-reminders', component: () => import('@/features/knowledge/RemindersPage.vue'), meta: { roles: ['knowledge'] } },
  { path: '/knowledge/import', name: 'article-import', component: () => import('@/features/knowledge/ImportPage.vue'), meta: { roles: ['knowledge'] } },
  { path: '/knowledge/new', name: 'article-new', component: () => import('@/features/knowledge/WritePage.vue'), meta: { roles: ['knowledge'] } },
  { path: '/knowledge/:id(\\d+)', name: 'article', component: () => import('@/features/knowledge/ArticlePage.vue'), props: true, meta: { roles: knowing } },
  { path: '/knowledge/:id(\\d+)/write', name: 'article-write', component: () => import('@/features/knowledge/WritePage.vue'), props: true, meta: { roles: ['knowledge'] } },
  { path: '/flows', name: 'flows', component: () => import('@/features/flows/FlowsPage.vue'), meta: { roles: flowReaders } },
  { path: '/flows/:flow([a-z0-9-]+)', name: 'flow', component: () => import('@/features/flows/FlowPage.vue'), props: true, meta: { roles: flowReaders } },
  { path: '/kpi', name: 'kpi', component: () => import('@/features/kpi/KpiPage.vue'), meta: { roles: ['agent', 'quality', ...overseers] as Role[] } },
  { path: '/exchange', name: 'exchange', component: () => import('@/features/exchange/ExchangePage.vue'), meta: { roles: overseers } },
  { path: '/audit', name: 'audit', component: () => import('@/features/admin/AuditPage.vue'), meta: { roles: ['admin'] } },
  { path: '/people', name: 'people', component: () => import('@/features/admin/PeoplePage.vue'), meta: { roles: overseers } },
  { path: '/surveys', name: 'surveys', component: () => import('@/features/surveys/SurveysPage.vue'), meta: { roles: ['admin'] } },
  { path: '/rules', name: 'rules', component: () => import('@/features/rules/RulesPage.vue'), meta: { roles: ['admin'] } },
  { path: '/case-types', name: 'types', component: () => import('@/features/case_types/CaseTypesPage.vue'), meta: { roles: ['admin'] } },
  { path: '/days', name: 'days', component: () => import('@/features/rules/DaysPage.vue'), meta: { roles: ['admin'] } },
  { path: '/no-page-yet', name: 'no-page-yet', component: () => import('./pages/NoPage.vue'), props: { kind: 'not_yet' } },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NoPage.vue'), props: { kind: 'not_found' } },
]

/** Where somebody starts: the first of these pages that is theirs. */
const starts = ['desk', 'calls', 'people', 'cases', 'knowledge'] as const

export const router = createRouter({ history: createWebHistory(), routes })

router.beforeEach((to) => {
  const session = useSession()
  if (!session.session && to.name !== 'sign-in') return { name: 'sign-in', query: { to: to.fullPath } }
  if (session.session && to.name === 'sign-in') return { name: 'desk' }
  if (to.name === 'desk' && !mayOpen(to.meta)) return { name: starts.find((name) => mayOpen(router.resolve({ name }).meta)) ?? 'no-page-yet' }
  return true
})

export function mayOpen(meta: RouteMeta): boolean {
  const session = useSession()
  return !meta.roles || meta.roles.some((role) => session.has(role))
}
