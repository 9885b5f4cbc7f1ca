// SPDX-License-Identifier: Apache-2.0
// Keeps the repairer's page for when there is no network: the page itself and what it loads. Data
// is not its business, the page keeps that.
const store = 'field-1'
const page = '/field.html'

async function keepPage() {
  const cache = await caches.open(store)
  const answer = await fetch(page, { cache: 'no-store' })
  if (!answer.ok) return answer
  const text = await answer.clone().text()
  const parts = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((found) => found[1])
  for (const part of parts) {
    if (part.startsWith('/assets/') && (await cache.match(part))) continue
    await cache.add(part)
  }
  await cache.put(page, answer.clone())
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
  event.waitUntil(self.clients.claim())
})
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname === page) event.respondWith(keepPage().catch(() => caches.match(page)))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(part(event.request))
})
