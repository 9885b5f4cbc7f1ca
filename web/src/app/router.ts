// SPDX-License-Identifier: Apache-2.0
// The pages and who may open them.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
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
const overseers: Role[] = ['supervisor', 'admin']

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/features/sign_in/SignInPage.vue'), meta: { bare: true } },
  { path: '/', name: 'desk', component: DeskPage },
  { path: '/cases', name: 'cases', component: () => import('@/features/cases/CaseListPage.vue') },
  { path: '/cases/:id(\\d+)', name: 'case', component: () => import('@/features/cases/CasePage.vue'), props: true },
  { path: '/calls', name: 'calls', component: () => import('@/features/calls/CallListPage.vue') },
  { path: '/calls/:id(\\d+)', name: 'call', component: () => import('./pages/CallPage.vue'), props: true },
  { path: '/floor', name: 'floor', component: () => import('@/features/supervisor/FloorPage.vue'), meta: { roles: ['supervisor'] } },
  { path: '/kpi', name: 'kpi', component: () => import('@/features/kpi/KpiPage.vue'), meta: { roles: ['agent', 'quality', ...overseers] } },
  { path: '/audit', name: 'audit', component: () => import('@/features/admin/AuditPage.vue'), meta: { roles: ['admin'] } },
  { path: '/people', name: 'people', component: () => import('@/features/admin/PeoplePage.vue'), meta: { roles: overseers } },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const router = createRouter({ history: createWebHistory(), routes })

router.beforeEach((to) => {
  const session = useSession()
  if (!session.session && to.name !== 'sign-in') return { name: 'sign-in', query: { to: to.fullPath } }
  if (session.session && to.name === 'sign-in') return { name: 'desk' }
  const roles = to.meta.roles
  if (roles && !roles.some((role) => session.has(role))) return { name: 'desk' }
  return true
})
