import { useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../api/client'
import { formatMoney, formatNumber } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { language, textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { useTargetGroups } from '../../lib/targetGroups'
import { useParam } from '../../lib/urlState'
import { AgreementStatus } from '../../ui/AgreementStatus'
import { Row, Rows } from '../../ui/Cards'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { Prose } from '../../ui/Quoted'
import { Section } from '../../ui/Section'
import { Amount, Table } from '../../ui/Table'
import { OnlyIn, Texts } from '../../ui/Texts'
import { periodOf } from './components/agreement'
import { SECTIONS } from './components/labels'

type Open = Schemas['OpenAgreement']

/** What anybody may see of an agreement. */
export default function PublicAgreementPage() {
  const { t } = useLingui()
  const path = { agreement_id: useParam('id') }
  const found = query.useQuery('get', '/api/v1/agreements/public/{agreement_id}', { params: { path } })
  const known = found.data
  return (
    <Page
      title={known?.title ?? t`Agreement`}
      lang={known?.language}
      crumbs={[{ to: 'agreements/public', label: t`Public agreements` }]}
      status={known && <AgreementStatus of={known} />}
      lead={known && t(enumLabels.AgreementKind[known.kind])}
    >
      <Loaded query={found}>{(agreement) => <Found agreement={agreement} />}</Loaded>
    </Page>
  )
}

function Found({ agreement }: { agreement: Open }) {
  const { t } = useLingui()
  const mine = scopesOf(useMe(), 'organisation', 'agreements:read')
  const groups = useTargetGroups()
  const lang = agreement.language === language() ? undefined : agreement.language
  return (
    <>
      <Facts
        facts={[
          [t`Period`, periodOf(agreement)],
          [t(SECTIONS.target_groups), agreement.target_groups.map(groups.name).join(', ')],
        ]}
      />
      <Section title={t`Parties`}>
        <Rows>
          {agreement.parties.map((one) => (
            <Row
              key={one.id}
              head={
                <Link to={`organisations/${one.id}`}>
                  <Texts of={one.names} />
                </Link>
              }
            />
          ))}
        </Rows>
      </Section>
      <Section title={t(SECTIONS.purpose)}>
        {lang && (
          <p>
            <OnlyIn lang={lang} />
          </p>
        )}
        <Prose lang={lang}>{agreement.purpose}</Prose>
      </Section>
      {agreement.amounts.length > 0 && (
        <Section title={t(SECTIONS.contributions)}>
          <Amounts of={agreement} />
        </Section>
      )}
      {agreement.parties.some((one) => mine.includes(one.id)) && (
        <p>
          <Link to={`agreements/${agreement.id}`}>{t`The whole agreement, for its parties`}</Link>
        </p>
      )}
    </>
  )
}

function Amounts({ of: { amounts, parties } }: { of: Open }) {
  const { t } = useLingui()
  const nameOf = (id: string) => textOf(parties.find((one) => one.id === id)?.names)
  return (
    <Table amounts={2} heads={[t`Year`, t`Party`, t`Money`, t`Hours`]}>
      {amounts.map((one) => (
        <tr key={`${one.year} ${one.organisation_id}`}>
          <th scope="row">{one.year}</th>
          <td>{nameOf(one.organisation_id)}</td>
          <Amount>{one.cents > 0 && formatMoney(one.cents)}</Amount>
          <Amount>{one.hours > 0 && formatNumber(one.hours)}</Amount>
        </tr>
      ))}
    </Table>
  )
}
