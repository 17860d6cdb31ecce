import { Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { language } from '../../lib/language'
import { useFilters, useParam } from '../../lib/urlState'
import { ContentView } from '../../ui/application/ContentView'
import { Empty, Loaded } from '../../ui/Feedback'
import { Filters } from '../../ui/Filters'
import { ChooseField } from '../../ui/inputs'
import { Page } from '../../ui/Page'
import { Section } from '../../ui/Section'
import { Changes, Differences as FromBefore } from './components/Differences'

/** Every version as it was submitted, and what differs between two of them. */
export default function VersionsPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const path = { application_id: id }
  const application = query.useQuery('get', '/api/v1/applications/{application_id}', { params: { path } })
  const versions = query.useQuery('get', '/api/v1/applications/{application_id}/versions', { params: { path } })
  return (
    <Loaded query={application}>
      {(found) => (
        <Page
          title={t`Versions and their differences`}
          crumbs={[
            { to: 'applications', label: t`Applications` },
            { to: `applications/${id}`, label: found.title || t`Application without a name` },
          ]}
        >
          <Loaded query={versions}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty>{t`The application has not been submitted yet, so there is no version.`}</Empty>
              ) : (
                <Compare application={found} versions={items} />
              )
            }
          </Loaded>
          {found.continues_id && <FromBefore application={id} />}
        </Page>
      )}
    </Loaded>
  )
}

function Compare({
  application,
  versions,
}: {
  application: Schemas['ApplicationPublic']
  versions: Schemas['VersionItem'][]
}) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'old' | 'new'>()
  const newest = versions[0]?.number ?? 1
  const shown = Number(filters.new ?? newest)
  const old = Number(filters.old ?? Math.max(1, shown - 1))
  const options = versions.map((one) => ({
    value: String(one.number),
    label: t`Version ${one.number}, ${formatMoment(one.submitted_at)}`,
  }))
  return (
    <>
      <Filters label={t`Choose versions`}>
        <ChooseField
          label={t`Version`}
          name="new"
          value={String(shown)}
          onChange={(value) => change({ new: value })}
          options={options}
        />
        <ChooseField
          label={t`Compared with`}
          name="old"
          value={String(old)}
          onChange={(value) => change({ old: value })}
          options={options}
        />
      </Filters>
      {old !== shown && <Differences application={application.id} old={old} newer={shown} />}
      <Version application={application} number={shown} />
    </>
  )
}

function Differences({ application, old, newer }: { application: string; old: number; newer: number }) {
  const { t } = useLingui()
  const comparison = query.useQuery('get', '/api/v1/applications/{application_id}/versions/compare', {
    params: { path: { application_id: application }, query: { old, new: newer } },
  })
  return (
    <Section title={t`From version ${old} to version ${newer}`}>
      <Loaded query={comparison}>{({ changes }) => <Changes changes={changes} />}</Loaded>
    </Section>
  )
}

function Version({ application, number }: { application: Schemas['ApplicationPublic']; number: number }) {
  const { t } = useLingui()
  const version = query.useQuery('get', '/api/v1/applications/{application_id}/versions/{number}', {
    params: { path: { application_id: application.id, number } },
  })
  return (
    <Section title={t`Version ${number}, as it was submitted`}>
      <Loaded query={version}>
        {(found) => (
          <>
            <p>
              <Trans>
                {found.title}, submitted on {formatMoment(found.submitted_at)}
              </Trans>
            </p>
            <ContentView
              content={found.content}
              lang={application.language === language() ? undefined : application.language}
            />
          </>
        )}
      </Loaded>
    </Section>
  )
}
