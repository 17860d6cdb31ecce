import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import type { paths } from '../../../api/schema'
import { download } from '../../../lib/download'
import { language } from '../../../lib/language'
import { Failure } from '../../../ui/Feedback'
import styles from '../components/Agreements.module.css'

type Asked = paths['/api/v1/agreements/export.csv']['get']['parameters']['query']

/** The agreements that are asked for as a file, with what they sum up to. */
export function Downloads({ of }: { of: Asked }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const options = { params: { query: { ...of, language: language() } }, parseAs: 'blob' } as const
  const fetchIt = (done: Promise<void>) => done.then(() => setError(undefined)).catch(setError)
  return (
    <>
      <p className={styles.downloads}>
        <Button
          variant="secondary"
          onClick={() => fetchIt(download(api.GET('/api/v1/agreements/export.csv', options), 'agreements.csv'))}
        >{t`Download these as a table (CSV)`}</Button>
        <Button
          variant="secondary"
          onClick={() => fetchIt(download(api.GET('/api/v1/agreements/export.xlsx', options), 'agreements.xlsx'))}
        >{t`Download these as a workbook (Excel)`}</Button>
      </p>
      {error !== undefined && <Failure error={error} />}
    </>
  )
}
