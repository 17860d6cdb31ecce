import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { StatusTag } from '../../../ui/StatusTag'
import styles from './Handling.module.css'
import type { Handling } from './handling'

/** Ballots before the newest one: what was annulled stays here with its reason. */
export function FormerBallots({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  if (handling.former_ballots.length === 0) return null
  return (
    <section className={styles.part}>
      <Heading variant="h3">{t`Earlier ballots`}</Heading>
      <Rows>
        {handling.former_ballots.map((one) => (
          <Row
            key={one.id}
            head={t`Version ${one.version_number}, opened ${formatDay(one.opened_at)}`}
            status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.BallotState[one.state])}</StatusTag>}
            meta={[
              one.state === 'closed' && one.outcome && t(enumLabels.Outcome[one.outcome]),
              one.fault && t(enumLabels.BallotFault[one.fault]),
              one.annulled_reason,
            ]}
          />
        ))}
      </Rows>
    </section>
  )
}
