import { useLingui } from '@lingui/react/macro'
import { Failure } from '../../../ui/Feedback'
import styles from './Editor.module.css'
import { useEditing } from './editing'

/** Whether what one typed is safe; told by the screen reader when it changes. */
export function SaveStatus() {
  const { t } = useLingui()
  const { now } = useEditing()
  const refused = Object.keys(now.refused).length > 0
  const words = () => {
    if (now.status === 'saving') return t`Saving`
    if (now.clashes.length > 0) return t`Not saved: somebody else changed the same place. Choose below.`
    if (refused) return t`Not saved: some fields need to be mended.`
    if (now.status === 'saved') return t`Saved`
    if (now.status === 'offline') return t`Not saved: there is no connection. It is tried again.`
    if (now.status === 'refused') return t`Not saved.`
    return t`Not saved yet`
  }
  const bad = now.clashes.length > 0 || refused || now.status === 'offline' || now.status === 'refused'
  return (
    <>
      <p role="status" data-saved={now.status} className={`${styles.status} ${bad ? styles.bad : ''}`}>
        {words()}
      </p>
      {now.status === 'refused' && now.error !== undefined && <Failure error={now.error} />}
    </>
  )
}
