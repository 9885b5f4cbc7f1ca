// SPDX-License-Identifier: Apache-2.0
// Starts the citizen's page of one survey.
import { createApp } from 'vue'
import SurveyPage from '@/features/survey/SurveyPage.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(SurveyPage).mount('#app')
