// SPDX-License-Identifier: Apache-2.0
// Starts the repairer's page, and keeps it for when there is no network.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import FieldPage from '@/features/field/FieldPage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(FieldPage).use(createPinia()).mount('#app')
if ('serviceWorker' in navigator)
  navigator.serviceWorker.register('/field-worker.js', { scope: '/field.html' }).catch(() => undefined)
