import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { api } from '../../api/client'
import { isOperator, useMe } from '../../lib/me'
import { Actions } from '../../ui/Actions'
import { Empty } from '../../ui/Feedback'
import { useWrite, withVersion } from '../../ui/useWrite'
import { ArchiveForm } from './components/ArchiveForm'
import { Contacts } from './components/Contacts'
import { Frame, type Organisation } from './components/Frame'
import { OrganisationForm } from './components/OrganisationForm'
import { Relations } from './components/Relations'
import { mayChange, mayManage } from './components/rights'

export default function EditOrganisationPage() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Frame>
      {(organisation) =>
        me === undefined || mayChange(me, organisation.id) ? (
          <Change organisation={organisation} />
        ) : (
          <Empty>{t`Only its editors and owners change what the organisation says of itself.`}</Empty>
        )
      }
    </Frame>
  )
}

function Change({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const me = useMe()
  return (
    <>
      {(isOperator(me) || mayManage(me, organisation.id)) && <Keeping organisation={organisation} />}
      {organisation.state === 'active' && (
        <section>
          <Heading variant="h2">{t`What it says of itself`}</Heading>
          <Itself key={organisation.version} organisation={organisation} />
        </section>
      )}
      <Contacts organisation={organisation.id} editable />
      <Relations organisation={organisation.id} editable />
    </>
  )
}

function Itself({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const operates = isOperator(useMe())
  const write = useWrite('organisations')
  const params = { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) }
  return (
    <OrganisationForm
      organisation={organisation}
      label={t`Save`}
      send={({ sector, legal_form, ...said }) => {
        const body = operates ? { ...said, sector, legal_form } : said
        return write(api.PATCH('/api/v1/organisations/{organisation_id}', { params, body }), t`The changes are saved.`)
      }}
    />
  )
}

/** Archiving, which its owners and the operator do, and bringing back, which is the operator's. */
function Keeping({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('organisations')
  const params = { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) }
  const action = organisation.state === 'active' ? 'archive' : 'restore'
  if (action === 'restore' && !isOperator(me)) return null
  return (
    <Actions
      of={[{ action, allowed: true, blocked_by: null }]}
      run={{
        archive: {
          ends: true,
          label: t`Archive the organisation`,
          form: (close) => <ArchiveForm organisation={organisation} close={close} />,
        },
        restore: {
          label: t`Bring the organisation back`,
          onClick: () =>
            write(
              api.POST('/api/v1/organisations/{organisation_id}/restore', { params }),
              t`The organisation is back.`,
            ),
        },
      }}
    />
  )
}
