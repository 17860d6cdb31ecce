import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query } from '../../api/client'
import { enumLabels } from '../../lib/labels'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { Row, Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty, Loaded } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { TextField } from '../../ui/inputs'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useAgreementWrite } from './components/agreement'
import { atTemplate, keyOf, type Template } from './components/templates'

/** What agreements can begin with: the ready texts, and those of my organisations. */
export default function TemplatesPage() {
  const { t } = useLingui()
  const mine = useMyOrganisations('agreements:write') ?? []
  const [leaving, setLeaving] = useState<Template>()
  const [renamed, setRenamed] = useState<Template>()
  const found = query.useQuery('get', '/api/v1/agreements/templates', {})
  const nameOf = (id: string | null) => mine.find((one) => one.id === id)?.name
  return (
    <Page
      title={t`Templates of agreements`}
      lead={t`Your organisation’s own texts to begin an agreement with. You save one on an agreement’s page, where it can replace one of these.`}
      crumbs={[{ to: 'agreements', label: t`Agreements` }]}
    >
      <Loaded query={found}>
        {({ items }) => {
          const own = items.filter((one) => one.id !== null)
          if (own.length === 0)
            return (
              <Empty action={<Link to="agreements/new">{t`Draft an agreement`}</Link>}>
                {t`Your organisations have no templates of their own yet. A ready text for each kind of agreement can be chosen in a new draft.`}
              </Empty>
            )
          return (
            <Rows>
              {own.map((one) => (
                <Row
                  key={keyOf(one)}
                  head={<span lang={one.language}>{one.name}</span>}
                  meta={[t(enumLabels.AgreementKind[one.kind]), nameOf(one.organisation_id)]}
                >
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={t`Rename: ${one.name}`}
                    onClick={() => setRenamed(one)}
                  >{t`Rename`}</Button>
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={t`Remove: ${one.name}`}
                    onClick={() => setLeaving(one)}
                  >{t`Remove`}</Button>
                </Row>
              ))}
            </Rows>
          )
        }}
      </Loaded>
      <Dialog open={renamed !== undefined} title={t`Rename the template`} onClose={() => setRenamed(undefined)}>
        {renamed && <RenameForm template={renamed} close={() => setRenamed(undefined)} />}
      </Dialog>
      <Dialog open={leaving !== undefined} title={t`Remove the template`} onClose={() => setLeaving(undefined)}>
        {leaving && <RemoveForm template={leaving} close={() => setLeaving(undefined)} />}
      </Dialog>
    </Page>
  )
}

interface Changing {
  template: Template
  close: () => void
}

function RenameForm({ template, close }: Changing) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [name, setName] = useState(template.name)
  async function send() {
    const call = api.PATCH('/api/v1/agreements/templates/{template_id}', {
      params: atTemplate(template),
      body: { name },
    })
    await write(call, t`The template is renamed.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Save`}
      check={() => (name.trim() ? {} : { '/name': t`Give the template a name.` })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <TextField
          label={t`Name of the template`}
          name="name"
          value={name}
          onChange={setName}
          fault={faultOf('/name')}
        />
      )}
    </Form>
  )
}

function RemoveForm({ template, close }: Changing) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  async function send() {
    const params = atTemplate(template)
    await write(api.DELETE('/api/v1/agreements/templates/{template_id}', { params }), t`The template is removed.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Remove the template`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {() => <p>{t`Agreements that began with “${template.name}” stay as they are.`}</p>}
    </Form>
  )
}
