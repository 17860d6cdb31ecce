/**
 * The app's shell for when the service cannot be reached: its page, scripts, styles, fonts and settings. The page and the
 * settings come from the network wherever that answers, so no old release stays; the scripts' names change with what
 * they hold. Answers of the API are never touched.
 */
const SHELL = 'puumerkki-shell'
const PAGE = '/'

const scriptOf = (page) => page.match(/<script[^>]+src="([^"]+)"/)?.[1]

async function fetchPage(request) {
  const shell = await caches.open(SHELL)
  const kept = await shell.match(PAGE)
  try {
    const answer = await fetch(request)
    if (answer.status >= 502 && kept) return kept
    if (answer.ok) {
      const former = kept && scriptOf(await kept.clone().text())
      // another release: nothing of the former one is kept
      if (former && former !== scriptOf(await answer.clone().text())) await caches.delete(SHELL)
      await (await caches.open(SHELL)).put(PAGE, answer.clone())
    }
    return answer
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

async function fetchSettings(request) {
  const shell = await caches.open(SHELL)
  try {
    const answer = await fetch(request)
    if (answer.ok) await shell.put(request.url, answer.clone())
    return answer
  } catch (error) {
    const kept = await shell.match(request.url)
    if (kept) return kept
    throw error
  }
}

async function fetchAsset(request) {
  const shell = await caches.open(SHELL)
  const kept = await shell.match(request.url)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await shell.put(request.url, answer.clone())
  return answer
}

/** What a page was made of before this worker stood beside it. */
async function keep(addresses) {
  const shell = await caches.open(SHELL)
  for (const address of addresses) if (!(await shell.match(address))) await shell.add(address).catch(() => undefined)
}

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', (event) => event.waitUntil(keep(event.data)))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (/^\/((fi|sv|en)(\/|$)|$)/.test(pathname)) event.respondWith(fetchPage(request))
  } else if (pathname.startsWith('/assets/')) event.respondWith(fetchAsset(request))
  else if (pathname === '/config.json' || pathname === '/icon.svg') event.respondWith(fetchSettings(request))
})
