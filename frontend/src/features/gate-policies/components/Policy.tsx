import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { today } from '../../../lib/today'
import { Row } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'
import { Form } from '../../../ui/Form'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { PolicyForm } from './PolicyForm'

type Named = Schemas['GatePolicyNamed']

const CANNOT = { not_active: msg`not active now`, advises: msg`only advises` }

/** One policy in words; its authority's decider changes, ends and removes it. */
export function Policy({ of, mine }: { of: Named; mine: boolean }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const [opened, setOpened] = useState<'change' | 'remove'>()
  const close = () => setOpened(undefined)
  const started = of.starts_on <= today()
  const ended = of.ends_on !== null && of.ends_on < today()
  const authority = textOf(of.authority.names)
  return (
    <Row
      head={
        <Link to={`organisations/${of.authority.id}`}>
          <Texts of={of.authority.names} />
        </Link>
      }
      status={<When of={of} />}
    >
      <Facts
        facts={[
          [
            t`Puumerkki of`,
            of.networks.map((one, place) => (
              <span key={one.id}>
                {place > 0 && ` ${t`or`} `}
                <Link to={`networks/${one.id}`}>
                  <Texts of={one.names} />
                </Link>
                {one.cannot && ` (${t(CANNOT[one.cannot])})`}
              </span>
            )),
          ],
          [t`Target groups`, of.target_groups.map(groups.name).join(', ') || t`All`],
          [t`Areas`, of.areas.map((one) => textOf(one.names)).join(', ') || t`All`],
          [t`Calls`, of.calls.map((one) => textOf(one.names)).join(', ') || t`All`],
          [t`Open conditions`, of.lets_open_conditions && t`Do not stop the authority from beginning`],
          [t`Reason`, of.reason && <Texts of={of.reason} notice />],
          [
            t`Decision on the requirement`,
            [of.decided_by_body, formatDay(of.decided_on), of.decision_section].filter(Boolean).join(', '),
          ],
          [t`Published`, formatDay(of.published_at)],
        ]}
      />
      {!of.meetable && !ended && (
        <InlineAlert status="warning" labelText={t`No network that this requirement names can give its puumerkki now.`}>
          {t`Add another network, end the requirement, or decide the cases without a puumerkki.`}
        </InlineAlert>
      )}
      {mine && !ended && (
        <p>
          <Button
            variant="secondary"
            aria-label={t`Change or end the policy of ${authority}`}
            onClick={() => setOpened('change')}
          >
            {started ? t`Change or end` : t`Change`}
          </Button>{' '}
          {!started && (
            <Button
              variant="secondaryNoBorder"
              aria-label={t`Remove the policy of ${authority}`}
              onClick={() => setOpened('remove')}
            >
              {t`Remove`}
            </Button>
          )}
        </p>
      )}
      <Dialog open={opened === 'change'} title={t`Change the policy`} onClose={close}>
        <PolicyForm authorities={[of.authority_id]} held={of} done={close} />
      </Dialog>
      <Dialog open={opened === 'remove'} title={t`Remove the policy`} onClose={close}>
        <Removal of={of} close={close} />
      </Dialog>
    </Row>
  )
}

function When({ of }: { of: Named }) {
  const { t } = useLingui()
  const starts = formatDay(of.starts_on)
  const ends = formatDay(of.ends_on)
  if (of.ends_on && of.ends_on < today()) return <StatusTag>{t`Ended ${ends}`}</StatusTag>
  if (of.starts_on > today()) return <StatusTag tone="info">{t`From ${starts}`}</StatusTag>
  return <StatusTag tone="good">{of.ends_on ? t`In force until ${ends}` : t`In force since ${starts}`}</StatusTag>
}

function Removal({ of, close }: { of: Named; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('gate-policies')
  const remove = () =>
    write(
      api.DELETE('/api/v1/gate-policies/{policy_id}', {
        params: { path: { policy_id: of.id }, header: withVersion(of.version) },
      }),
      t`The policy has been removed.`,
    ).then(close)
  return (
    <Form send={remove} label={t`Remove`} secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}>
      {() => <p>{t`It has not started, so nothing has arrived under it.`}</p>}
    </Form>
  )
}
