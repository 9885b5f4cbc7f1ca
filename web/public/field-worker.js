// SPDX-License-Identifier: Apache-2.0
// Keeps the repairer's page for when there is no network: the page itself and what it loads. Data
// is not its business, the page keeps that.
const store = 'field-2'
const page = '/field.html'

const partsOf = (text) => [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((found) => found[1])

/** A new page has new parts: what only an older one loaded is not kept for ever. */
async function forgetOldParts(cache, before, parts) {
  if (!before || parts.join() === partsOf(before).join()) return
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/assets/') && !parts.includes(pathname)) await cache.delete(request)
  }
}

async function keepPage() {
  const cache = await caches.open(store)
  const answer = await fetch(page, { cache: 'no-store' })
  if (!answer.ok) return answer
  const parts = partsOf(await answer.clone().text())
  for (const part of parts) {
    if (part.startsWith('/assets/') && (await cache.match(part))) continue
    await cache.add(part)
  }
  const before = await (await cache.match(page))?.text()
  await cache.put(page, answer.clone())
  await forgetOldParts(cache, before, parts)
  return answer
}

async function part(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(store)).put(request, answer.clone())
  return answer
}

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  const clean = caches.keys().then((names) => Promise.all(names.filter((name) => name !== store).map((name) => caches.delete(name))))
  event.waitUntil(clean.then(() => self.clients.claim()))
})
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname === page) event.respondWith(keepPage().catch(() => caches.match(page)))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(part(event.request))
})
