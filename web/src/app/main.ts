// SPDX-License-Identifier: Apache-2.0
// Starts the desk application.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { watchFullText } from '@/shared/lib/full_text'
import { onSessionLost } from '@/shared/api/http'
import { useSession } from '@/shared/api/session'
import { i18n, keptLocale, setLocale } from '@/shared/messages/i18n'
import App from './App.vue'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)

const session = useSession()
onSessionLost(() => {
  if (!session.session) return
  session.take(undefined)
  void router.push({ name: 'sign-in', query: { lost: '1', to: router.currentRoute.value.fullPath } })
})

void Promise.all([setLocale(keptLocale()), session.restore()]).then(() => {
  app.use(router)
  // Not before the first route is known: the desk's frame must not open for who is not signed in.
  return router.isReady()
}).then(() => {
  app.mount('#app')
  watchFullText(document)
})
