import { useLingui } from '@lingui/react/macro'
import { useId, useRef, useState } from 'react'
import { StatusText } from 'suomifi-ui-components'
import { megabytes } from '../../../lib/fileSize'
import type { Faulty } from '../../../ui/Form'
import styles from './Wizard.module.css'

/** A file that is chosen, or dropped here. */
export function FileField({
  most,
  onChange,
  fault,
  wrong,
}: {
  /** How large it may be, in bytes. */
  most: number | undefined
  onChange: (file: File | undefined) => void
  fault: Faulty
  /** What is seen to be wrong with the file before it is sent. */
  wrong: string | undefined
}) {
  const { t } = useLingui()
  const input = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const size = most === undefined ? undefined : megabytes(most)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever does not drop a file chooses it below
    <div
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const { files } = event.dataTransfer
        if (files.length === 0) return
        if (chooser.current) chooser.current.files = files
        onChange(files[0])
      }}
    >
      <label htmlFor={input}>{t`File: CSV, XLSX or ODS`}</label>
      <p id={`${input}-hint`} style={{ margin: 0 }}>
        {t`Choose the file or drop it here. The headings may be in Finnish, Swedish or English.`}{' '}
        {size && t`The largest file is ${size} MB.`}
      </p>
      <input
        ref={chooser}
        id={input}
        name="file"
        type="file"
        aria-describedby={`${input}-hint`}
        accept=".csv,.txt,.tsv,.xlsx,.ods,text/csv,text/plain"
        onChange={(event) => onChange(event.target.files?.[0])}
      />
      <div role="status">
        {(fault.statusText ?? wrong) && <StatusText status="error">{fault.statusText ?? wrong}</StatusText>}
      </div>
    </div>
  )
}
