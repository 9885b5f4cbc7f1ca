// SPDX-License-Identifier: Apache-2.0
// A button on the city's own page that opens the hotline's chat beside it. Everything is inside one element's shadow:
// no names, no styles and no storage of the page are touched, but which tab has the chat open (sessionStorage).
//   <script src="https://hotline.example/widget.js" data-color="#0d6670" data-side="right" data-language="zh-CN" data-label="在线咨询" async></script>
(() => {
  const script = document.currentScript
  if (!script || document.querySelector('[data-yingsheng-chat]')) return
  const home = new URL(script.src).origin
  const { color = '', side = '', language = '', label = '' } = script.dataset
  const isEnglish = language === 'en'
  const words = isEnglish
    ? { open: label || 'Ask us', title: 'Ask us: chat', unread: 'new' }
    : { open: label || '在线咨询', title: '在线咨询', unread: '条新消息' }
  const brand = /^#[0-9a-f]{6}$/i.test(color) ? color : '#0d6670'
  // White words where they can be read, dark ones on a light colour (WCAG 2: relative luminance).
  const part = (at) => ((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))(parseInt(brand.slice(at, at + 2), 16) / 255)
  const ink = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) > 0.18 ? '#16222a' : '#fff'
  const at = side === 'left' ? 'left' : 'right'
  const key = 'ys-chat-open'
  const remember = (is) => {
    try {
      if (is === undefined) return sessionStorage.getItem(key) === '1'
      if (is) sessionStorage.setItem(key, '1')
      else sessionStorage.removeItem(key)
    } catch {
      // A page that may keep nothing opens the chat by the button.
    }
    return false
  }

  const host = document.createElement('div')
  host.dataset.yingshengChat = ''
  const shadow = host.attachShadow({ mode: 'open' })
  // Not a style element: the page's own content policy may forbid those.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`:host{all:initial!important}
button{all:unset;box-sizing:border-box;position:fixed;z-index:2147483646;${at}:20px;bottom:20px;min-width:56px;min-height:56px;padding:0 20px;border-radius:28px;background:${brand};color:${ink};font:600 17px/24px system-ui,"PingFang SC","Microsoft YaHei",sans-serif;text-align:center;cursor:pointer;box-shadow:0 4px 14px rgba(16,34,42,.3)}
button:focus-visible{outline:3px solid ${ink};box-shadow:0 0 0 6px ${brand}}
iframe{position:fixed;z-index:2147483647;${at}:20px;bottom:20px;width:400px;height:min(640px,calc(100vh - 40px));border:1px solid #7f8d98;border-radius:12px;background:#fff;box-shadow:0 4px 24px rgba(16,34,42,.3)}
[hidden]{display:none!important}
@media(max-width:500px){iframe{left:0;right:0;bottom:0;width:100%;height:100%;border:0;border-radius:0}}
@media print{button,iframe{display:none}}`)
  shadow.adoptedStyleSheets = [sheet]
  const button = document.createElement('button')
  button.type = 'button'
  button.setAttribute('aria-expanded', 'false')
  shadow.append(button)
  let frame
  let unread = 0
  const draw = () => (button.textContent = unread ? `${words.open} · ${unread} ${words.unread}` : words.open)

  const show = (isFocused) => {
    if (!frame) {
      frame = document.createElement('iframe')
      frame.title = words.title
      frame.allow = 'microphone'
      // The address without its query, which may hold what is nobody's business.
      const page = encodeURIComponent(location.origin + location.pathname)
      frame.src = `${home}/chat.html?lang=${isEnglish ? 'en' : 'zh-CN'}&page=${page}`
      shadow.append(frame)
    }
    frame.hidden = false
    button.hidden = true
    button.setAttribute('aria-expanded', 'true')
    unread = 0
    draw()
    remember(true)
    if (isFocused) frame.focus()
  }
  const hide = () => {
    frame.hidden = true
    button.hidden = false
    button.setAttribute('aria-expanded', 'false')
    button.focus()
    remember(false)
  }
  button.addEventListener('click', () => show(true))
  addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home) return
    const word = event.data?.ys_chat
    if (word === 'close' && !frame.hidden) hide()
    else if (word === 'message' && frame.hidden) {
      unread += 1
      draw()
    }
  })
  // <button data-ys-call="6000" data-ys-page data-ys-field data-ys-fault> of the city's own form: these words go with a call.
  document.addEventListener('click', (event) => {
    const from = event.target.closest?.('[data-ys-call]')?.dataset
    if (!from) return
    const place = new URLSearchParams({ page: from.ysPage || document.title, field: from.ysField || '', fault: from.ysFault || '' })
    open(`${home}/call.html?number=${encodeURIComponent(from.ysCall)}#${place}`, '_blank', 'noopener')
  })
  draw()
  const begin = () => {
    document.body.append(host)
    if (remember()) show(false)
  }
  if (document.body) begin()
  else addEventListener('DOMContentLoaded', begin)
})()
