import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { textOf } from '../../../lib/language'
import { Points } from '../../../ui/discussions/Points'
import type { Field } from './draft'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { STEP_OF } from './labels'

/** What the networks that returned the application ask to have mended, each a way to its field. */
export function RevisionRequests({ onGo }: { onGo: (field: Field) => void }) {
  const { t } = useLingui()
  const { application } = useEditing()
  const returned = application.networks.filter((one) => one.handling?.state === 'returned')
  if (returned.length === 0) return null
  return (
    <section aria-label={t`Points to mend`} className={styles.mend}>
      {returned.map((one) => {
        const name = textOf(one.names)
        return (
          <div key={one.network_id}>
            <Heading variant="h2">{t`Points to mend: ${name}`}</Heading>
            <Points
              on={{ kind: 'handling', id: one.handling?.id ?? '' }}
              onGo={(part) => part in STEP_OF && onGo(part as Field)}
            />
          </div>
        )
      })}
      <p>
        <Trans>The application goes back to the network when you submit the next version.</Trans>
      </p>
    </section>
  )
}
