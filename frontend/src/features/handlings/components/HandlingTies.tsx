import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { useMe } from '../../../lib/me'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { Ties } from '../../../ui/ties/Ties'
import { type Handling, useHandlingWrite } from './handling'

/** Ties in the network's case, and who leads it where the coordinator is tied. */
export function HandlingTies({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useHandlingWrite()
  const params = { path: { handling_id: handling.id } }
  const found = query.useQuery('get', '/api/v1/handlings/{handling_id}/ties', { params })
  if (!found.data) return found.error ? <Failure error={found.error} /> : null
  const { lead } = found.data
  const name = (one: { name: string | null }) => one.name ?? t`a former user`
  return (
    <>
      {lead.instead.length > 0 && (
        <Facts
          facts={[
            [t`Leads instead of the coordinator, who has a conflict of interest`, lead.instead.map(name).join('\n')],
          ]}
        />
      )}
      {lead.nobody && <Choose handling={handling} lead={lead} />}
      <Ties
        of={found.data}
        me={me?.id}
        votes
        raise={(body) =>
          write(api.POST('/api/v1/handlings/{handling_id}/ties', { params, body }), t`It has been sent to be settled.`)
        }
      />
    </>
  )
}

/** Everybody in office is tied: two untied representatives choose who leads. */
function Choose({ handling, lead }: { handling: Handling; lead: Schemas['LeadPublic'] }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [person, setPerson] = useState('')
  const [member] = lead.may_choose_for
  return (
    <section>
      <Heading variant="h2">{t`Who leads the handling`}</Heading>
      <InlineAlert labelText={t`Two representatives choose who leads`}>
        {t`The coordinator, the chair and the secretary have a conflict of interest. Whoever two representatives name leads this case.`}
      </InlineAlert>
      <Facts facts={[[t`Named so far`, lead.chosen.map((one) => one.name ?? t`a former user`).join('\n')]]} />
      {member && (
        <Form
          label={t`Name to lead`}
          check={() => (person ? {} : { '/principal_id': t(NEEDED) })}
          send={() =>
            write(
              api.POST('/api/v1/handlings/{handling_id}/lead', {
                params: { path: { handling_id: handling.id } },
                body: { member_id: member, principal_id: person },
              }),
              t`Your choice has been recorded.`,
            )
          }
        >
          {(faultOf) => (
            <ChooseField
              label={t`Who should lead`}
              name="principal_id"
              value={person}
              onChange={setPerson}
              fault={faultOf('/principal_id')}
              options={lead.candidates.map((one) => ({ value: one.principal_id, label: one.name ?? t`a former user` }))}
            />
          )}
        </Form>
      )}
    </section>
  )
}
