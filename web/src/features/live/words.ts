// SPDX-License-Identifier: Apache-2.0
// The words of the citizen's page, which has no translator of its own.
import { fewWords } from '@/shared/lib/few_words'
import english from '@/shared/messages/en/live.json'
import chinese from '@/shared/messages/zh-CN/live.json'
import type { Say, Word } from '@/shared/api/live'

export const say: Say = fewWords<Word>({ 'zh-CN': chinese, en: english })
