import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { download, type FileFormat } from '../../../lib/download'
import { language } from '../../../lib/language'
import { Failure } from '../../../ui/Feedback'
import styles from './Wizard.module.css'

/** Empty files of a kind with an example, to fill in; the workbook also has the allowed values. */
export function Templates({ kind }: { kind: Schemas['ImportKind'] }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const get = (file_format: FileFormat) => {
    setError(undefined)
    return download(
      api.GET('/api/v1/imports/templates/{kind}.{file_format}', {
        params: { path: { kind, file_format }, query: { language: language() } },
        parseAs: 'blob',
      }),
      `${kind}.${file_format}`,
    ).catch(setError)
  }
  return (
    <>
      <p>
        <Trans>You can also fill in a template. It has the headings and an example.</Trans>
      </p>
      <div className={styles.buttons}>
        <Button variant="secondary" onClick={() => get('xlsx')}>{t`Excel template (.xlsx)`}</Button>
        <Button variant="secondary" onClick={() => get('csv')}>{t`CSV template (.csv)`}</Button>
      </div>
      {error !== undefined && <Failure error={error} />}
    </>
  )
}
