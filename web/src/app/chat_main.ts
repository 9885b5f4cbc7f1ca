// SPDX-License-Identifier: Apache-2.0
// Starts the citizen's chat: with the robot first, with a person for the asking.
import { createApp } from 'vue'
import ChatPage from '@/features/chat/citizen/ChatPage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(ChatPage).mount('#app')
