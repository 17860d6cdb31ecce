import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useId, useState } from 'react'
import styles from './parts.module.css'

/** Files dropped here, or chosen. */
export function DropFiles({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const { t } = useLingui()
  const [over, setOver] = useState(false)
  const hint = useId()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way beside the input inside
    <div
      className={over ? `${styles.zone} ${styles.over}` : styles.zone}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      }}
    >
      <p id={hint}>{children}</p>
      <label className={styles.choose}>
        {t`Choose files`}
        <input
          type="file"
          multiple
          aria-describedby={hint}
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])])
            // the same file again, changed, is a choice, too
            target.value = ''
          }}
        />
      </label>
    </div>
  )
}
