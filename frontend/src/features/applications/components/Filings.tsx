import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../../api/client'
import { formatDay, formatMoney } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { PlanForm } from '../filings/PlanForm'
import { useMayWrite } from './writers'

type Application = Schemas['ApplicationPublic']

/** The funders an application goes to, and what came of it; applicants plan further ones here. */
export function Filings({ application }: { application: Application }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const list = query.useQuery('get', '/api/v1/filings', {
    params: { query: { application: application.id, limit: 200 } },
  })
  const mayPlan = useMayWrite(application) && application.state !== 'withdrawn'
  return (
    <section aria-label={t`Funders`}>
      <Heading variant="h2">{t`Funders`}</Heading>
      <Loaded query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>
              <Trans>This application has not been sent to any funder yet.</Trans>
            </p>
          ) : (
            <Rows>
              {items.map((one) => (
                <Row
                  key={one.id}
                  head={<Link to={`filings/${one.id}`}>{textOf(one.funder_names)}</Link>}
                  status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.FilingState[one.state])}</StatusTag>}
                  meta={[
                    one.filed_on && t`sent ${formatDay(one.filed_on)}`,
                    one.applied_cents !== null &&
                      (one.filed_on
                        ? t`applied for ${formatMoney(one.applied_cents)}`
                        : t`amount to apply for ${formatMoney(one.applied_cents)}`),
                    one.granted_cents !== null && t`granted ${formatMoney(one.granted_cents)}`,
                  ]}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {mayPlan && (
        <Button variant="secondary" onClick={() => setOpened(true)}>
          {t`Plan to send it to a funder`}
        </Button>
      )}
      <Dialog open={opened} title={t`Plan to send it to a funder`} onClose={() => setOpened(false)}>
        <PlanForm
          application={application.id}
          callId={application.call_id}
          applied={application.amount_cents}
          close={() => setOpened(false)}
        />
      </Dialog>
    </section>
  )
}
