import { Plural, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { signedOutRows } from '../api/config'
import { type Answer, download, type FileFormat } from '../lib/download'
import { useSignedIn } from '../lib/me'
import styles from './DownloadList.module.css'
import { Failure } from './Feedback'
import { Menu } from './Menu'

/** The whole list with its filters as a file: `fetch` asks the API for it. A long one takes a while, and says so. */
export function DownloadList({ fetch }: { fetch: (format: FileFormat) => Answer }) {
  const { t } = useLingui()
  const most = useSignedIn() ? undefined : signedOutRows()
  const [making, setMaking] = useState(false)
  const [error, setError] = useState<unknown>()
  const get = async (format: FileFormat) => {
    setMaking(true)
    setError(undefined)
    await download(fetch(format), `list.${format}`).catch(setError)
    setMaking(false)
  }
  return (
    <div className={styles.download}>
      <Menu
        text={t`Download`}
        label={t`Download the whole list`}
        choices={[
          { name: t`Excel workbook (.xlsx)`, run: () => get('xlsx') },
          { name: t`Table for any program (.csv)`, run: () => get('csv') },
        ]}
      />
      {most !== undefined && (
        <p>
          <Plural
            value={most}
            one="Without signing in you can download at most # row. Narrow the list down, or sign in."
            other="Without signing in you can download at most # rows. Narrow the list down, or sign in."
          />
        </p>
      )}
      <p role="status">{making && t`The file is being made`}</p>
      {error !== undefined && <Failure error={error} />}
    </div>
  )
}
