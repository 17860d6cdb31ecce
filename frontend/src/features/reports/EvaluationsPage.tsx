import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { today } from '../../lib/today'
import { useFilters } from '../../lib/urlState'
import { Dialog } from '../../ui/Dialog'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Filters } from '../../ui/Filters'
import { ChooseField } from '../../ui/inputs'
import { Page } from '../../ui/Page'
import { placeOf, type ReportedOn, toldOf, useParties, useReportedOn } from '../../ui/reports/subject'
import { Section } from '../../ui/Section'
import styles from './components/Reports.module.css'
import { EvaluationForm } from './evaluations/EvaluationForm'

type Party = Schemas['ReportingParty']
type Evaluation = Schemas['EvaluationPublic']

/** How the parties see one year of an agreement or a grant, side by side. */
export default function EvaluationsPage() {
  const { t } = useLingui()
  const [{ kind = 'agreement', id = '' }] = useFilters<'kind' | 'id'>()
  const on = { kind, id }
  const known = useReportedOn(on)
  const parties = useParties(on)
  const given = query.useQuery('get', '/api/v1/evaluations', {
    params: { query: { subject_kind: kind, subject_id: id } },
  })
  return (
    <Page
      title={t`Evaluations`}
      lead={known?.title}
      crumbs={[{ to: placeOf(on), label: known?.title ?? t`Subject of the evaluation` }]}
    >
      <Loaded query={parties}>
        {({ items }) => (
          <Loaded query={given}>{(found) => <Year on={on} parties={items} given={found.items} />}</Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function Year({ on, parties, given }: { on: ReportedOn; parties: Party[]; given: Evaluation[] }) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'year'>()
  const now = Number(today().slice(0, 4))
  const year = Number(filters.year) || toldOf()
  const years = [...new Set([now, now - 1, year, ...given.map((one) => one.year)])].sort((a, b) => b - a)
  const ofYear = given.filter((one) => one.year === year)
  const missing = parties.filter((one) => one.writes && !ofYear.some((other) => other.organisation.id === one.id))
  return (
    <>
      <Filters label={t`Choose what is shown`}>
        <ChooseField
          label={t`Year`}
          name="year"
          value={String(year)}
          onChange={(chosen) => change({ year: chosen })}
          options={years.map((one) => ({ value: String(one), label: String(one) }))}
        />
      </Filters>
      <div className={styles.sides}>
        {parties.map((party) => (
          <Side key={party.id} on={on} party={party} given={ofYear.find((one) => one.organisation.id === party.id)} />
        ))}
      </div>
      {missing.map((party) => (
        <Section key={`${party.id} ${year}`} title={t`Evaluation of ${year}: ${textOf(party.names)}`}>
          <div className={styles.form}>
            <p>
              <Trans>All parties read it at once. It can be changed until all have evaluated the year.</Trans>
            </p>
            <EvaluationForm on={on} year={year} organisation={party.id} />
          </div>
        </Section>
      ))}
    </>
  )
}

function Side({ on, party, given }: { on: ReportedOn; party: Party; given?: Evaluation }) {
  const { t } = useLingui()
  const [changing, setChanging] = useState(false)
  const close = () => setChanging(false)
  return (
    <section className={styles.side}>
      <Heading variant="h2">{textOf(party.names)}</Heading>
      {given ? (
        <>
          <Facts
            facts={[
              [t`How well the goals were met`, t`${given.goals_met} of 5`],
              [t`How the cooperation went`, t`${given.cooperation} of 5`],
              [t`Should it go on`, t(enumLabels.GoesOn[given.goes_on])],
              [t`What went well`, given.went_well],
              [t`What could be better`, given.to_improve],
            ]}
          />
          {given.editable && (
            <Button variant="secondary" onClick={() => setChanging(true)}>
              {t`Change the evaluation`}
            </Button>
          )}
          <Dialog open={changing} title={t`Change the evaluation`} onClose={close}>
            <EvaluationForm on={on} year={given.year} organisation={party.id} given={given} close={close} />
          </Dialog>
        </>
      ) : (
        <p>
          <Trans>Has not evaluated this year yet.</Trans>
        </p>
      )}
    </section>
  )
}
