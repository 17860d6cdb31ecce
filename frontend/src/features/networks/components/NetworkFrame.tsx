import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { problemOf, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { inLanguage } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { useParam } from '../../../lib/urlState'
import { Empty, Failure, Skeleton } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Page } from '../../../ui/Page'
import { StatusTag } from '../../../ui/StatusTag'
import { Tabs } from '../../../ui/Tabs'
import { useMyPart } from './roles'

export type Network = Schemas['NetworkPublic']
export type Part = ReturnType<typeof useMyPart>

/** A page of a network: its name, its parts as tabs, and the part that is shown. */
export function NetworkFrame({ children }: { children: (network: Network, part: Part) => ReactNode }) {
  const { t } = useLingui()
  const id = useParam('id')
  const part = useMyPart(id)
  const found = query.useQuery('get', '/api/v1/networks/{network_id}', { params: { path: { network_id: id } } })
  const crumbs = [{ to: 'networks', label: t`Networks` }]
  const network = found.data
  if (network === undefined) {
    if (!found.error)
      return (
        <Page title={t`Network`} crumbs={crumbs}>
          <Skeleton lines={6} />
        </Page>
      )
    const { status } = problemOf(found.error)
    return (
      <Page title={t`Network`} crumbs={crumbs}>
        {status === 404 || status === 422 ? (
          <Empty action={<Link to="networks">{t`All networks`}</Link>}>{t`There is no such network.`}</Empty>
        ) : (
          <Failure error={found.error} retry={() => found.refetch()} />
        )}
      </Page>
    )
  }
  const { text, lang } = inLanguage(network.names)
  const at = `networks/${id}`
  const tabs = [
    { to: at, label: t`Overview` },
    { to: `${at}/rules`, label: t`Rulebook` },
    { to: `${at}/members`, label: t`Members` },
    { to: `${at}/needs`, label: t`Needs` },
    ...(part.reads
      ? [
          { to: `${at}/work`, label: t`Applications` },
          { to: `${at}/ballots`, label: t`Ballots` },
          { to: `${at}/meetings`, label: t`Meetings` },
          { to: `${at}/decisions`, label: t`Decisions` },
        ]
      : []),
    ...(part.leads || part.operates ? [{ to: `${at}/settings`, label: t`Settings` }] : []),
  ]
  return (
    <Page
      title={text}
      lang={lang}
      crumbs={crumbs}
      status={<StatusTag tone={toneOf(network.state)}>{t(enumLabels.NetworkState[network.state])}</StatusTag>}
    >
      <Tabs label={t`Parts of the network`} tabs={tabs} />
      {network.ending && (
        <p>
          {t(enumLabels.DecisionKind[network.ending.kind])}: {formatDay(network.ending.on_day)}
        </p>
      )}
      {children(network, part)}
    </Page>
  )
}

/** For those who are not of the network. */
export function OnlyForItsPeople() {
  const { t } = useLingui()
  return <Empty>{t`Only the network's own people see this.`}</Empty>
}
