import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { useWrite } from '../../../ui/useWrite'

/** Decides or corrects a row; the error of the last time, if there was one. */
export function useRowUpdate(job: { id: string }, row: { row: number }) {
  const write = useWrite('imports')
  const [error, setError] = useState<unknown>()
  const send = (given: Schemas['ImportRowUpdate'], said: string) =>
    write(
      api.PATCH('/api/v1/imports/{job_id}/rows/{row}', {
        params: { path: { job_id: job.id, row: row.row } },
        body: given,
      }),
      said,
    )
  const update = (given: Schemas['ImportRowUpdate'], said: string) => {
    setError(undefined)
    return send(given, said).catch(setError)
  }
  return { update, send, error }
}
