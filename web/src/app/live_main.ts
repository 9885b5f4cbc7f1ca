// SPDX-License-Identifier: Apache-2.0
// Starts the page where citizens see what is known right now: their application, a queue, the next bus.
import { createApp } from 'vue'
import LivePage from '@/features/live/LivePage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(LivePage).mount('#app')
