// SPDX-License-Identifier: Apache-2.0
// Starts the citizen's page of one case.
import { createApp } from 'vue'
import CitizenCasePage from '@/features/citizen_case/CitizenCasePage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(CitizenCasePage).mount('#app')
