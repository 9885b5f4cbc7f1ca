// SPDX-License-Identifier: Apache-2.0
// A citizen's chat page without a browser: what is not acknowledged is sent again under the same key, as docs/chat-protocol.md asks.
import { openSocket } from './desk_socket.mjs';
import { until } from './wait.mjs';

/** `server()` is the one of this moment: it may have been killed and started again. */
export class ChatPage {
  constructor(server, name) {
    Object.assign(this, { server, name, token: '', chat: null, messages: new Map(), unacknowledged: new Map(), refused: [], choices: null, sent: 0 });
  }

  /** Opens or reopens; waits for a server that is coming up. */
  async open() {
    const opened = await until(`${this.name} gets a ticket`, () => this.ticket(), { seconds: 60, every: 100 });
    if (!opened.token) throw new Error(JSON.stringify(opened));
    this.token = opened.token;
    this.id = opened.chat?.id ?? this.id;
    this.line = await openSocket(this.server(), `/api/v1/citizen/chat?ticket=${opened.ticket}`, {}, (text) => this.take(JSON.parse(text)), () => { this.isOpen = false; });
    this.isOpen = true;
    for (const message of this.unacknowledged.values()) this.line.send(JSON.stringify(message));
    return this;
  }

  async ticket() {
    const answer = await fetch(`${this.server().url}/api/v1/citizen/chats`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: this.token, page: '' }),
    }).catch(() => null);
    return answer && (answer.status === 201 || answer.status >= 400 && answer.status < 500) && answer.json();
  }

  take(word) {
    if (word.type === 'chat') this.chat = word.chat;
    if (word.type === 'messages') for (const each of word.items) this.messages.set(`${each.chat}/${each.number}`, each);
    if (word.type === 'choices') this.choices = word;
    if (word.type === 'done' && word.key) this.unacknowledged.delete(word.key);
    if (word.type === 'refused') this.refused.push(word);
  }

  say(text, also = {}) {
    const key = `${this.name}-${++this.sent}`;
    const message = { type: 'say', key, text, ...also };
    this.unacknowledged.set(key, message);
    if (this.isOpen) this.line.send(JSON.stringify(message));
    return key;
  }

  send(message) { this.line.send(JSON.stringify(message)); }
  close() { this.line?.close(); }

  sees(what, is, seconds = 30) {
    return until(`${this.name} sees ${what}`, () => is(this), { seconds })
      .catch((e) => { throw new Error(`${e.message}; the page: ${JSON.stringify({ chat: this.chat, said: this.said(), refused: this.refused })}`); });
  }
  /** Everything said, in order: "citizen 你好". */
  said() {
    return [...this.messages.values()].sort((a, b) => a.chat - b.chat || a.number - b.number).map((m) => `${m.author} ${m.text || m.note}`);
  }
}
