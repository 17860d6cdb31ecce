import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { query, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { inLanguage } from '../../../lib/language'
import { useMe } from '../../../lib/me'
import { useParam } from '../../../lib/urlState'
import { Loaded } from '../../../ui/Feedback'
import { Page } from '../../../ui/Page'
import { StatusTag } from '../../../ui/StatusTag'
import { Tabs } from '../../../ui/Tabs'
import { mayChange, mayKnow } from './rights'

export type Organisation = Schemas['OrganisationPublic']

/** What all pages of an organisation have in common: its name, and the ways to its other pages. */
export function Frame({ children }: { children: (organisation: Organisation) => ReactNode }) {
  const { t } = useLingui()
  const id = useParam('id')
  const me = useMe()
  const params = { path: { organisation_id: id } }
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}', { params })
  const { text, lang } = inLanguage(found.data?.names)
  const tabs = [
    { to: `organisations/${id}`, label: t`The organisation` },
    ...(mayKnow(me, id) ? [{ to: `organisations/${id}/people`, label: t`People` }] : []),
    ...(mayChange(me, id) ? [{ to: `organisations/${id}/edit`, label: t`Change` }] : []),
  ]
  return (
    <Page
      title={text || t`Organisation`}
      lang={text ? lang : undefined}
      crumbs={[{ to: 'organisations', label: t`Organisations` }]}
      status={
        found.data?.state === 'archived' ? (
          <StatusTag>{t(enumLabels.OrganisationState.archived)}</StatusTag>
        ) : (
          found.data?.confirmed === false && <StatusTag tone="warning">{t`Not confirmed`}</StatusTag>
        )
      }
    >
      {tabs.length > 1 && <Tabs label={t`Pages of the organisation`} tabs={tabs} />}
      <Loaded query={found}>{children}</Loaded>
    </Page>
  )
}
