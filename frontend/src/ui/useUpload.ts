import { useEffect, useRef, useState } from 'react'
import { type Upload, UploadKeys, upload } from '../api/upload'

/** A file on its way. */
export interface Going {
  name: string
  sent: number
  total: number
}

/** Sends one file at a time, tells how far it is, and stops when the page is left. A reload is asked about meanwhile. */
export function useUpload() {
  const [going, setGoing] = useState<Going>()
  const stopper = useRef<AbortController>(undefined)
  const keys = useRef(new UploadKeys())
  const busy = going !== undefined
  useEffect(() => () => stopper.current?.abort(), [])
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [busy])

  async function send<T>(of: Pick<Upload, 'path' | 'query' | 'type' | 'file'>) {
    const one = new AbortController()
    stopper.current = one
    const { name, size: total } = of.file
    const onProgress = (sent: number) => setGoing({ name, sent: Math.min(sent, total), total })
    onProgress(0)
    try {
      const key = keys.current.of(of.file, of.query)
      const answer = await upload<T>({ ...of, key, onProgress, signal: one.signal })
      keys.current.done(key)
      return answer
    } finally {
      setGoing(undefined)
    }
  }
  return { going, send, stop: () => stopper.current?.abort(new Stopped()) }
}

/** Somebody stopped the sending. */
export class Stopped extends Error {}
