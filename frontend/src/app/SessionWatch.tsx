import { useEffect, useState, useSyncExternalStore } from 'react'
import { queries } from '../api/client'
import { ended, renew, sessionEnd, signedIn, subscribe, wanted } from '../api/session'
import { speak } from '../lib/language'
import { part } from '../ui/OnDemand'

const LOOK_MS = 10_000
const WARN_MS = 5 * 60_000

const said = part(async () => {
  const [module] = await Promise.all([
    import('../features/identity/components/SessionEnd'),
    speak('features/identity/locales'),
  ])
  return module
})

/** Minutes until the session ends, where it is time to say so. */
function minutesLeft(): number | null {
  const left = sessionEnd().at - Date.now()
  return signedIn() && left <= WARN_MS ? Math.max(1, Math.ceil(left / 60_000)) : null
}

/** Tells five minutes before the session ends, and has one sign in on top of the page when it has. */
export function SessionWatch() {
  const over = useSyncExternalStore(subscribe, wanted)
  const known = useSyncExternalStore(subscribe, signedIn)
  const [minutes, setMinutes] = useState<number | null>(null)
  const [, drawn] = useState(false)

  useEffect(() => {
    if (!known) return setMinutes(null)
    const look = () => {
      setMinutes(minutesLeft())
      // the server says whether it is over
      if (sessionEnd().at <= Date.now()) void renew().catch(() => false)
    }
    look()
    const timer = window.setInterval(look, LOOK_MS)
    const stop = subscribe(look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      stop()
      document.removeEventListener('visibilitychange', look)
    }
  }, [known])

  // there before it is needed: then the service may be away
  const needed = over || minutes !== null
  useEffect(() => {
    if (!known && !needed) return
    const fetch = () =>
      void said.fetch().then(
        () => drawn(true),
        () => undefined,
      )
    const idle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 1000))
    idle(fetch)
  }, [known, needed])

  // what could not be read meanwhile is read when somebody is back
  useEffect(() => {
    let was = ended()
    return subscribe(() => {
      if (was && signedIn()) void queries.invalidateQueries()
      was = ended()
    })
  }, [])

  if (said.held === undefined || !needed) return null
  return <said.held.SessionEnd over={over} minutes={minutes} forGood={sessionEnd().forGood} />
}
