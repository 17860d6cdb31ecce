import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { useAmounts } from '../../../lib/contributions'
import { formatMoney, formatNumber } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { AgreementStatus } from '../../../ui/AgreementStatus'
import { Row, Rows } from '../../../ui/Cards'
import { Empty } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Quiet } from '../../../ui/Quoted'
import { Section } from '../../../ui/Section'
import { Amount, Table } from '../../../ui/Table'
import { periodOf } from '../components/agreement'
import { grouped, type Amount as Sum } from './grouped'

type Sums = Schemas['AgreementSums']

/** What was agreed on, summed up by year, party, target group and agreement. */
export function Figures({ of: sums }: { of: Sums }) {
  const { t } = useLingui()
  const amountOf = useAmounts()
  if (sums.total.agreements === 0)
    return <Empty>{t`No agreement that all parties have signed runs in these years.`}</Empty>
  const { recorded } = sums
  return (
    <>
      {recorded.agreements > 0 && (
        <Block mb="m">
          <InlineAlert labelText={t`Recorded by one party, not confirmed by the others: ${recorded.agreements}`}>
            <Trans>
              They are counted below for you only:{' '}
              {[
                recorded.cents > 0 && formatMoney(recorded.cents),
                recorded.hours > 0 && amountOf({ hours: recorded.hours }),
              ]
                .filter(Boolean)
                .join(', ')}
            </Trans>
          </InlineAlert>
        </Block>
      )}
      <Section title={t`By year`}>
        <ByYear of={sums} />
      </Section>
      <Section title={t`By party`}>
        <ByParty of={sums.parties} />
      </Section>
      <Section title={t`By target group`}>
        <ByTheme of={sums.themes} />
      </Section>
      <Section title={t`Agreement by agreement`}>
        <EachAgreement of={sums.agreements} />
      </Section>
    </>
  )
}

function Amounts({ of: { cents, hours } }: { of: Sum }) {
  return (
    <>
      <Amount>{cents > 0 && formatMoney(cents)}</Amount>
      <Amount>{hours > 0 && formatNumber(hours)}</Amount>
    </>
  )
}

function ByYear({ of: { years, total } }: { of: Sums }) {
  const { t } = useLingui()
  const foot = (
    <tr>
      <th scope="row">{t`In all`}</th>
      <Amount>{total.agreements}</Amount>
      <Amounts of={total} />
    </tr>
  )
  return (
    <Table amounts={3} heads={[t`Year`, t`Agreements`, t`Money`, t`Hours`]} foot={foot}>
      {years.map((one) => (
        <tr key={one.year}>
          <th scope="row">{one.year}</th>
          <Amount>{one.agreements}</Amount>
          <Amounts of={one} />
        </tr>
      ))}
    </Table>
  )
}

function ByParty({ of }: { of: Sums['parties'] }) {
  const { t } = useLingui()
  const rows = grouped(of, (one) => `${one.organisation.id} ${one.kind}`)
  return (
    <Table amounts={2} heads={[t`Party`, t`Money`, t`Hours`]}>
      {rows.map((one) => (
        <tr key={one.key}>
          <th scope="row">
            <Link to={`organisations/${one.organisation.id}`}>{textOf(one.organisation.names)}</Link>
            <Quiet>{t(enumLabels.PartyContributionKind[one.kind])}</Quiet>
          </th>
          <Amounts of={one} />
        </tr>
      ))}
    </Table>
  )
}

function ByTheme({ of }: { of: Sums['themes'] }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  return (
    <>
      <p>
        <Quiet>
          <Trans>An agreement for several target groups counts whole in each of them.</Trans>
        </Quiet>
      </p>
      <Table amounts={2} heads={[t`Target group`, t`Money`, t`Hours`]}>
        {grouped(of, (one) => one.theme ?? '').map((one) => (
          <tr key={one.key}>
            <th scope="row">{one.theme ? groups.name(one.theme) : t`No target group named`}</th>
            <Amounts of={one} />
          </tr>
        ))}
      </Table>
    </>
  )
}

function EachAgreement({ of }: { of: Sums['agreements'] }) {
  const { t } = useLingui()
  const amountOf = useAmounts()
  return (
    <Rows>
      {of.map((one) => (
        <Row
          key={one.id}
          head={
            <Link to={`agreements/${one.id}`}>
              <span lang={one.language}>{one.title}</span>
            </Link>
          }
          status={<AgreementStatus of={one} />}
          meta={[
            t(enumLabels.AgreementKind[one.kind]),
            periodOf(one),
            one.cents > 0 && formatMoney(one.cents),
            one.hours > 0 && amountOf({ hours: one.hours }),
          ]}
        />
      ))}
    </Rows>
  )
}
