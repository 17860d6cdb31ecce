import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { download } from '../../../lib/download'
import { language } from '../../../lib/language'
import { Failure } from '../../../ui/Feedback'

/** Each row of an import with what became of it, as a file. `named`: which import, where several are beside it. */
export function ResultFile({ of, named }: { of: { id: string }; named?: string }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const save = () => {
    setError(undefined)
    return download(
      api.GET('/api/v1/imports/{job_id}/result.csv', {
        params: { path: { job_id: of.id }, query: { language: language() } },
        parseAs: 'blob',
      }),
      'import.csv',
    ).catch(setError)
  }
  return (
    <>
      <Button
        variant={named ? 'secondaryNoBorder' : 'secondary'}
        aria-label={named && t`Download the result as CSV: ${named}`}
        onClick={save}
      >
        {t`Download the result as CSV`}
      </Button>
      {error !== undefined && <Failure error={error} />}
    </>
  )
}
