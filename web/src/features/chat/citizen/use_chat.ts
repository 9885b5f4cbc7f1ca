// SPDX-License-Identifier: Apache-2.0
// The citizen's conversation: what the hotline told, what waits to be sent, and the line between.
import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Chat, ChatMessage, ChatOffice } from '@/shared/api/chat'
import { ApiError, ask } from '@/shared/api/http'
import { merged } from '@/shared/lib/chat_log'
import { forget, keep, kept } from '@/shared/lib/keep'
import { type Begun, ChatLink, type ChatLinkState, NotBegun } from './chat_link'
import type { LiveQuestion } from '@/shared/api/live'
import { newKey } from '@/shared/lib/new_key'
import { type Asked, askedIn, isAnswered, type Offer, offerIn } from './choices'
import { frameOf, readOutbox, refusedIn, settled, unsent, type Unsent } from './outbox'

const tokenKey = 'ys.chat'
const boxKey = 'ys.chat.unsent'
/** the hotline's limit is once a second; a little later it takes the next */
const tooFastAgain = 1_500

interface Heard {
  type: string
  chat?: Chat
  items?: unknown
  to?: number
  kind?: string
  is_personal?: boolean
  key?: string
  code?: string
  text?: string
}

async function begin(token: string, page: string): Promise<Begun<Chat>> {
  try {
    return await ask<Begun<Chat>>('/citizen/chats', { method: 'POST', body: { token, page }, isSignIn: true })
  } catch (error) {
    if (!(error instanceof ApiError)) throw new NotBegun(true, 0, 'failed')
    const isPassing = error.status === 0 || error.status === 429 || error.status >= 500
    throw new NotBegun(isPassing, error.retryAfter || (error.status === 429 ? 30 : 0), error.code)
  }
}

export function useChat(page: string) {
  const office = shallowRef<ChatOffice>()
  const chat = shallowRef<Chat>()
  const messages = shallowRef<ChatMessage[]>([])
  const box = ref<Unsent[]>(readOutbox(kept(boxKey)))
  const asked = shallowRef<Asked>()
  const offer = shallowRef<Offer>()
  /** the key of what is being looked up now, and why it was not */
  const looking = ref('')
  const lookFault = ref('')
  const line = ref<ChatLinkState>('closed')
  /** why there is no conversation, as a word; "": nothing is wrong */
  const problem = ref('')
  const token = ref(kept(tokenKey) ?? '')
  const hasOlder = ref(true)
  const isReadingOlder = ref(false)
  /** pressed before there was a line */
  const wanted: object[] = []
  const whenBegun: ((is: boolean) => void)[] = []
  let again: ReturnType<typeof setTimeout> | undefined

  const link = new ChatLink<Chat>({
    begin: () => begin(token.value, page),
    open: (ticket) => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/citizen/chat?ticket=${encodeURIComponent(ticket)}`),
    random: Math.random,
    setTimer: (run, ms) => window.setTimeout(run, ms),
    clearTimer: (timer) => window.clearTimeout(timer),
  }, {
    begun(with_) {
      token.value = with_.token
      keep(tokenKey, with_.token)
      problem.value = ''
      show(with_.chat)
      tellBegun(true)
    },
    opened() {
      for (const one of wanted.splice(0)) link.send(one)
      sendBox()
    },
    heard: (message) => hear(message as Heard),
    became(state) {
      line.value = state
      if (state !== 'open') looking.value = ''
    },
    displaced() {
      problem.value = isLiving.value ? 'elsewhere' : ''
    },
    refused(why) {
      problem.value = why.code
      tellBegun(false)
    },
  })
  function tellBegun(is: boolean): void {
    for (const told of whenBegun.splice(0)) told(is)
  }

  function show(next: Chat): void {
    if (chat.value && next.id !== chat.value.id) asked.value = offer.value = undefined
    chat.value = next
  }
  function hear(message: Heard): void {
    if (message.type === 'chat' && message.chat) show(message.chat)
    else if (message.type === 'messages' || message.type === 'history') takeMessages(message)
    else if (message.type === 'choices') asked.value = askedIn(chat.value?.id ?? 0, message)
    else if (message.type === 'live') {
      offer.value = offerIn(chat.value?.id ?? 0, message)
      looking.value = ''
    } else if (message.type === 'done') box.value = settled(box.value, [message.key ?? ''])
    else if (message.type === 'refused') refuse(message)
  }
  function takeMessages(message: Heard): void {
    const items = (Array.isArray(message.items) ? message.items : []) as ChatMessage[]
    const isFirst = !messages.value.length
    messages.value = merged(messages.value, items)
    if (message.type === 'history') {
      isReadingOlder.value = false
      hasOlder.value = items.length > 0
    } else if (isFirst && messages.value.length < 3) older()
    box.value = settled(box.value, items.filter((m) => m.author === 'citizen').map((m) => m.key))
    if (asked.value && isAnswered(asked.value, messages.value)) asked.value = undefined
    if (offer.value && isAnswered(offer.value, messages.value)) offer.value = undefined
    if (items.some((m) => m.author === 'robot')) looking.value = ''
  }
  function refuse({ key, code }: Heard): void {
    if (!key) return
    if (key === looking.value) {
      looking.value = ''
      lookFault.value = code || 'failed'
      return
    }
    if (code !== 'chat_too_fast') {
      box.value = refusedIn(box.value, key, code || 'failed')
      return
    }
    clearTimeout(again)
    again = setTimeout(sendBox, tooFastAgain)
  }
  function sendBox(): void {
    for (const one of box.value) if (!one.why) link.send(frameOf(one))
  }

  function put(one: Unsent): void {
    box.value = [...box.value, one]
    if (!link.send(frameOf(one))) link.start()
    asked.value = undefined
  }
  const say = (text: string, matter?: string) => put(unsent({ text, matter }))
  const leave = (text: string, contact: string) => put(unsent({ type: 'leave_message', text, contact }))
  /** What was refused, once more; `text` when it was changed. */
  function sayAgain(key: string): void {
    box.value = box.value.map((one) => (one.key === key ? { ...one, why: '' } : one))
    sendBox()
  }
  function takeBack(key: string): string {
    const text = box.value.find((one) => one.key === key)?.text ?? ''
    box.value = settled(box.value, [key])
    return text
  }
  /** Number and digits are in no storage: when the line breaks now, they are typed again. */
  function look(question: LiveQuestion): void {
    lookFault.value = ''
    looking.value = newKey()
    if (link.send({ type: 'look', key: looking.value, ...question })) return
    looking.value = ''
    lookFault.value = 'offline'
    link.start()
  }
  function press(message: object): void {
    if (link.send(message)) return
    wanted.push(message)
    link.start()
  }
  function older(): void {
    const first = messages.value[0]
    if (!first || isReadingOlder.value) return
    isReadingOlder.value = link.send({ type: 'more', before_chat: first.chat, before_number: first.number })
  }
  /** A conversation to put a file into. @returns whether there is one */
  function ready(): Promise<boolean> {
    if (chat.value && isLiving.value) return Promise.resolve(true)
    return new Promise((told) => {
      whenBegun.push(told)
      if (link.state === 'open') link.stop()
      link.start()
    })
  }
  /** After one has ended: the next of the same citizen. */
  function anew(): void {
    link.stop()
    link.start()
  }
  /** This browser forgets who wrote. */
  function leaveNoTrace(): void {
    link.stop()
    forget(tokenKey)
    forget(boxKey)
    token.value = ''
    chat.value = undefined
    messages.value = []
    box.value = []
    asked.value = offer.value = undefined
    hasOlder.value = true
  }
  const isLiving = computed(() => !!chat.value && chat.value.state !== 'ended' && chat.value.state !== 'rated')

  async function lookOffice(): Promise<void> {
    office.value = await ask<ChatOffice>('/citizen/chat-office', { isSignIn: true }).catch(() => office.value)
  }
  watch(box, (now) => (now.length ? keep(boxKey, JSON.stringify(now)) : forget(boxKey)), { deep: true })
  const hurry = () => link.hurry()
  window.addEventListener('online', hurry)
  onBeforeUnmount(() => {
    window.removeEventListener('online', hurry)
    clearTimeout(again)
    link.stop()
  })
  void lookOffice()
  // Who was here before sees what was said; a first visit begins nothing until something is said.
  if (token.value || box.value.length) link.start()

  return {
    office, chat, messages, box, asked, offer, looking, lookFault, line, problem, token, hasOlder, isReadingOlder, isLiving,
    say, look, leave, sayAgain, takeBack, older, ready, anew, leaveNoTrace, lookOffice,
    askPerson: () => press({ type: 'ask_person' }),
    stay: () => press({ type: 'stay' }),
    end: () => press({ type: 'end' }),
    rate: (stars: number, words: string) => press({ type: 'rate', stars, words }),
  }
}
