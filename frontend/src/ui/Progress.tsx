import { useLingui } from '@lingui/react/macro'
import { Button, VisuallyHidden } from 'suomifi-ui-components'
import { megabytes } from '../lib/fileSize'
import { tenths } from '../lib/tenths'
import styles from './Progress.module.css'
import type { Going } from './useUpload'

/** How far something is; `total` is null until it is known. It is said aloud at every tenth. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const { t } = useLingui()
  const said = tenths(done, total)
  return (
    <>
      <progress
        className={styles.progress}
        aria-label={label}
        max={total ?? undefined}
        value={total ? Math.min(done, total) : undefined}
      />
      <VisuallyHidden>
        <span role="status">{said === null ? t`In progress` : t`${said} per cent done`}</span>
      </VisuallyHidden>
    </>
  )
}

/** A file on its way to the server, with a way to stop it. */
export function Sending({ of, stop }: { of: Going; stop: () => void }) {
  const { t } = useLingui()
  const [sent, total] = [megabytes(of.sent), megabytes(of.total)]
  return (
    <div className={styles.sending}>
      <Progress label={t`Sending: ${of.name}`} done={of.sent} total={of.total} />
      <p>
        {t`Sending: ${of.name}`} · {t`${sent} / ${total} MB`}
      </p>
      <Button variant="secondary" onClick={stop}>{t`Stop sending`}</Button>
    </div>
  )
}
