import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Button, Heading, IconClose } from 'suomifi-ui-components'
import { keepFocus } from '../lib/focus'
import styles from './Dialog.module.css'

/**
 * A window above the page: the browser keeps the focus in it and gives it back; where what opened it is gone, the
 * page's heading gets it. Esc closes it. What it shows must not be drawn elsewhere on the page: `Dropdown` takes
 * `portal={false}`.
 */
export function Dialog({
  open,
  title,
  onClose,
  children,
}: {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
}) {
  return open ? (
    <Opened title={title} onClose={onClose}>
      {children}
    </Opened>
  ) : null
}

function Opened({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useLingui()
  const name = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => {
      shown?.close()
      keepFocus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles.head}>
        <Heading variant="h2" id={name}>
          {title}
        </Heading>
        <Button variant="secondaryNoBorder" icon={<IconClose />} aria-label={t`Close`} onClick={onClose} />
      </div>
      {children}
    </dialog>
  )
}
