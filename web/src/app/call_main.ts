// SPDX-License-Identifier: Apache-2.0
// Starts the citizen's page.
import { createApp } from 'vue'
import CallPage from '@/features/web_call/CallPage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(CallPage).mount('#app')
