import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty } from '../../../ui/Feedback'
import { type Faults, Form } from '../../../ui/Form'
import { ChecksField } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { Texts } from '../../../ui/Texts'
import { useWrite } from '../../../ui/useWrite'

type Kind = Schemas['AffiliationKind']

/** What ties somebody to organisations, so that they stand aside from these organisations' cases. */
export function Affiliations() {
  const { t } = useLingui()
  const write = useWrite('affiliations', 'partner-requests', 'handlings')
  const [adding, setAdding] = useState(false)
  const list = query.useInfiniteQuery('get', '/api/v1/affiliations', {}, byCursor)
  const takeBack = (id: string) =>
    write(
      api.DELETE('/api/v1/affiliations/{organisation_id}', { params: { path: { organisation_id: id } } }),
      t`The tie has been taken back.`,
    )
  return (
    <>
      <p>
        <Trans>
          Declare where you sit on a board, work, or have close family. The service then keeps you from handling and
          deciding on that organisation’s applications, as the rules on disqualification ask. Only you see this list.
        </Trans>
      </p>
      <PagedList query={list} empty={<Empty>{t`You have declared no ties.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.organisation.id}
                head={
                  <Link to={`organisations/${one.organisation.id}`}>
                    <Texts of={one.organisation.names} />
                  </Link>
                }
                status={
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={t`Take back the tie to ${textOf(one.organisation.names)}`}
                    onClick={() => takeBack(one.organisation.id)}
                  >
                    {t`Take back`}
                  </Button>
                }
                meta={[one.kinds.map((kind) => t(enumLabels.AffiliationKind[kind])).join(', ')]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
      <p>
        <Button variant="secondary" onClick={() => setAdding(true)}>{t`Declare a tie`}</Button>
      </p>
      <Dialog open={adding} title={t`Declare a tie`} onClose={() => setAdding(false)}>
        <TieForm done={() => setAdding(false)} />
      </Dialog>
    </>
  )
}

function TieForm({ done }: { done: () => void }) {
  const { t } = useLingui()
  const write = useWrite('affiliations', 'partner-requests', 'handlings')
  const [organisation, setOrganisation] = useState<Picked | null>(null)
  const [kinds, setKinds] = useState<string[]>([])

  async function send() {
    await write(
      api.PUT('/api/v1/affiliations/{organisation_id}', {
        params: { path: { organisation_id: organisation?.id ?? '' } },
        body: { kinds: kinds as Kind[] },
      }),
      t`The tie is declared.`,
    )
    done()
  }

  const check = (): Faults => ({
    ...(organisation ? {} : { '/organisation_id': t`Choose an organisation.` }),
    ...(kinds.length > 0 ? {} : { '/kinds': t`Choose what ties you to it.` }),
  })

  return (
    <Form send={send} label={t`Declare`} check={check}>
      {(faultOf) => (
        <>
          <OrganisationPicker
            label={t`Organisation`}
            name="organisation_id"
            value={organisation}
            onChange={setOrganisation}
            fault={faultOf('/organisation_id')}
          />
          <ChecksField
            label={t`What ties you to it`}
            name="kinds"
            value={kinds}
            onChange={setKinds}
            fault={faultOf('/kinds')}
            options={Object.entries(enumLabels.AffiliationKind).map(([value, word]) => ({ value, label: t(word) }))}
          />
        </>
      )}
    </Form>
  )
}
