import { useLingui } from '@lingui/react/macro'
import { query } from '../../api/client'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { useFilters } from '../../lib/urlState'
import { Empty, Loaded, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { DraftForm, type Mine } from './components/DraftForm'

export default function NewAgreementPage() {
  const { t } = useLingui()
  const mine = useMyOrganisations('agreements:write')
  const [{ application }] = useFilters<'application'>()
  return (
    <Page
      title={t`Draft an agreement`}
      lead={t`Only your organisation sees the draft until it is proposed to the other parties.`}
      crumbs={[{ to: 'agreements', label: t`Agreements` }]}
    >
      {mine === undefined ? (
        <Skeleton />
      ) : mine.length === 0 ? (
        <Empty action={<Link to="organisations">{t`Organisations`}</Link>}>
          {t`Editors of an organisation and officers of an authority draft agreements. Ask an owner of your organisation to make you an editor.`}
        </Empty>
      ) : application ? (
        <GrownFrom application={application} mine={mine} />
      ) : (
        <DraftForm mine={mine} />
      )}
    </Page>
  )
}

/** The draft begins with the application's name, its applicants and the authorities that have decided. */
function GrownFrom({ application, mine }: { application: string; mine: Mine[] }) {
  const found = query.useQuery('get', '/api/v1/applications/{application_id}', {
    params: { path: { application_id: application } },
  })
  return <Loaded query={found}>{(known) => <DraftForm application={known} mine={mine} />}</Loaded>
}
