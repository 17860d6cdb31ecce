import { useState } from 'react'
import { Failure } from '../../../ui/Feedback'
import { useWrite } from '../../../ui/useWrite'

/** Saves what is chosen at once. `failed`: what to show where that was refused. */
export function useSaved(...segments: string[]) {
  const write = useWrite(...segments)
  const [error, setError] = useState<unknown>()
  const save = (call: Parameters<typeof write>[0], said: string) => {
    setError(undefined)
    void write(call, said).catch(setError)
  }
  return { save, failed: error === undefined ? null : <Failure error={error} /> }
}
