import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { query } from '../../api/client'
import { useParam } from '../../lib/urlState'
import { Empty, Loaded } from '../../ui/Feedback'
import { Page } from '../../ui/Page'
import type { Agreement } from './components/agreement'
import { AgreementForm } from './editor/AgreementForm'

export default function EditAgreementPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const path = { agreement_id: id }
  const found = query.useQuery('get', '/api/v1/agreements/{agreement_id}', { params: { path } })
  return (
    <Page
      title={t`Write the agreement`}
      crumbs={[
        { to: 'agreements', label: t`Agreements` },
        { to: `agreements/${id}`, label: found.data?.title ?? t`Agreement` },
      ]}
    >
      <Loaded query={found}>{(agreement) => <Begun agreement={agreement} />}</Loaded>
    </Page>
  )
}

/** The form once it was open stays, with what was typed, also where the agreement ends meanwhile. */
function Begun({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const [editable] = useState(agreement.editable)
  if (!editable) return <Empty>{t`You cannot change this agreement, or it has ended.`}</Empty>
  return <AgreementForm agreement={agreement} />
}
