// SPDX-License-Identifier: Apache-2.0
// Starts the page of personal lists: what to bring and where to go to get one thing done.
import { createApp } from 'vue'
import ListPage from '@/features/life/ListPage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(ListPage).mount('#app')
