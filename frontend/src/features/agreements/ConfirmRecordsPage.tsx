import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { textOf } from '../../lib/language'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Loaded, toast } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { CheckField, ChooseField } from '../../ui/inputs'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { periodOf, useAgreementWrite } from './components/agreement'

/** So many are confirmed at once; the next ones come after them. */
const AT_ONCE = 200

/** What other parties recorded as signed on paper, confirmed as a list. */
export default function ConfirmRecordsPage() {
  const { t } = useLingui()
  const mine = useMyOrganisations('agreements:confirm') ?? []
  const [filters, change] = useFilters<'organisation'>()
  const organisation = filters.organisation ?? mine[0]?.id
  return (
    <Page
      title={t`Agreements that others recorded`}
      lead={t`Another party has recorded these as signed on paper. Confirm those that your organisation has signed.`}
      crumbs={[{ to: 'agreements', label: t`Agreements` }]}
    >
      {mine.length > 1 && (
        <ChooseField
          label={t`For which party`}
          name="organisation"
          value={organisation ?? ''}
          onChange={(id) => change({ organisation: id })}
          options={mine.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {organisation && <Recorded key={organisation} organisation={organisation} />}
    </Page>
  )
}

function Recorded({ organisation }: { organisation: string }) {
  const { t } = useLingui()
  const asked = { organisation, state: 'recorded' as const, limit: AT_ONCE }
  const found = query.useQuery('get', '/api/v1/agreements', { params: { query: asked } })
  return (
    <Loaded query={found}>
      {({ items }) => {
        // the first party is the one that recorded it
        const theirs = items.filter((one) => one.parties[0]?.id !== organisation)
        return theirs.length === 0 ? (
          <Empty>{t`Nothing that others recorded waits for an answer. New ones appear here and among your tasks.`}</Empty>
        ) : (
          <Confirming organisation={organisation} agreements={theirs} />
        )
      }}
    </Loaded>
  )
}

type Listed = Schemas['AgreementListed']

function Confirming({ organisation, agreements }: { organisation: string; agreements: Listed[] }) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [chosen, setChosen] = useState<string[]>([])
  async function send() {
    const body = { organisation_id: organisation, agreement_ids: chosen }
    const { confirmed, left_out } = await write(api.POST('/api/v1/agreements/confirm', { body }))
    setChosen([])
    toast(
      left_out.length > 0
        ? t`Confirmed: ${confirmed.length}. You cannot confirm, or have confirmed already: ${left_out.length}.`
        : t`Confirmed: ${confirmed.length}.`,
    )
  }
  return (
    <Form
      send={send}
      label={t`Confirm the chosen ones`}
      check={() => (chosen.length > 0 ? {} : { '/agreement_ids': t`Choose at least one agreement.` })}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>Open an agreement to read it, to see the scan, or to dispute it.</Trans>
          </p>
          <Rows>
            {agreements.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`agreements/${one.id}`}>
                    <span lang={one.language}>{one.title}</span>
                  </Link>
                }
                meta={[t`recorded by: ${textOf(one.parties[0]?.names)}`, periodOf(one)]}
              >
                <CheckField
                  label={t`Confirm: ${one.title}`}
                  name={one.id}
                  value={chosen.includes(one.id)}
                  onChange={(on) => setChosen(on ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
                />
              </Row>
            ))}
          </Rows>
          {faultOf('/agreement_ids') && (
            <InlineAlert status="error">{faultOf('/agreement_ids')?.statusText}</InlineAlert>
          )}
          <p>
            <Plural value={chosen.length} one="# agreement is chosen." other="# agreements are chosen." />
          </p>
        </>
      )}
    </Form>
  )
}
