/** What of the app the service worker keeps for when the service cannot be reached. */
const OURS = /^\/(assets\/|config\.json$|icon\.svg$)/

/** Has the app open without a connection, too: its page and what that was made of. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  void navigator.serviceWorker.ready.then(({ active }) => {
    const loaded = performance.getEntriesByType('resource').map((one) => new URL(one.name))
    const ours = loaded.filter((one) => one.origin === window.location.origin && OURS.test(one.pathname))
    active?.postMessage(['/', ...ours.map((one) => one.pathname)])
  })
}
