import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import styles from './Editor.module.css'
import { useEditing } from './editing'

/** What has been chosen so far, each with a button that takes it away; nothing where nothing is. */
export function ChosenList({ label, ids, onRemove }: { label: string; ids: string[]; onRemove: (id: string) => void }) {
  const { t } = useLingui()
  const { nameOf } = useEditing()
  if (ids.length === 0) return null
  return (
    <ul aria-label={label} className={styles.rows}>
      {ids.map((id) => (
        <li key={id} className={styles.chosen}>
          <span>{nameOf(id)}</span>
          <Button
            variant="secondaryNoBorder"
            aria-label={t`Remove: ${nameOf(id)}`}
            onClick={(event) => {
              // the focus stays near: the list's next button, or the field that adds
              const list = event.currentTarget.closest('ul')
              const others = [...(list?.querySelectorAll('button') ?? [])].filter((one) => one !== event.currentTarget)
              const after = others[0] ?? list?.parentElement?.querySelector<HTMLElement>('input')
              onRemove(id)
              after?.focus()
            }}
          >
            {t`Remove`}
          </Button>
        </li>
      ))}
    </ul>
  )
}
