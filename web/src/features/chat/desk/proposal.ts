// SPDX-License-Identifier: Apache-2.0
// What a proposal is asked with: the citizen's last words, and nothing of before an agent answered them.
import type { ChatMessage } from '@/shared/api/chat'
import type { FoundAnswer } from '@/shared/api/knowledge'

const lastMax = 3
/** the server takes 300 characters of a question */
const charsMax = 200

/** "" when there is nothing to propose for: the citizen wrote nothing since the agent did. */
export function questionIn(messages: readonly ChatMessage[]): string {
  const words: string[] = []
  for (const m of [...messages].reverse()) {
    if (m.author === 'agent') break
    if (m.author === 'citizen' && !m.file && m.text.trim()) words.unshift(m.text.trim())
    if (words.length === lastMax) break
  }
  return words.join(' ').slice(-charsMax)
}

/** As the citizen is told it, to be changed by the agent before it goes out. */
export function wordsOf(answer: FoundAnswer): string {
  const own = answer.citizen_text.trim()
  const statement = answer.statement.trim()
  return own.includes(statement) ? own : [statement, own].filter(Boolean).join('\n')
}
