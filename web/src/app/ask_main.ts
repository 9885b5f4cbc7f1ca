// SPDX-License-Identifier: Apache-2.0
// Starts the page where citizens ask the robot.
import { createApp } from 'vue'
import AskPage from '@/features/ask/AskPage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(AskPage).mount('#app')
