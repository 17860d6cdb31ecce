import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { scopesOf, useMe } from '../../../lib/me'
import { Form } from '../../../ui/Form'
import { RadiosField } from '../../../ui/inputs'
import { inApp } from '../../../ui/Link'
import { type Agreement, partyName, useAgreementWrite } from '../components/agreement'
import { PeriodFields, usePeriodFaults } from '../components/PeriodFields'

/** Draft what goes on from an agreement in force: the same content, as long again, to be mended before it is proposed. */
export function RenewForm({ agreement, close }: { agreement: Agreement; close: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useAgreementWrite()
  const faultsOfPeriod = usePeriodFaults()
  const written = scopesOf(useMe(), 'organisation', 'agreements:write')
  const options = agreement.parties
    .filter((one) => written.includes(one.id))
    .map(({ id }) => ({ value: id, label: partyName(agreement, id) }))
  const [party, setParty] = useState(options.length === 1 ? (options[0]?.value ?? '') : '')
  const [period, setPeriod] = useState<{ starts_on: string | null; ends_on: string | null }>({
    starts_on: null,
    ends_on: null,
  })
  async function send() {
    const params = { path: { agreement_id: agreement.id } }
    const body = { organisation_id: party, ...period }
    const call = api.POST('/api/v1/agreements/{agreement_id}/renew', { params, body })
    const made = await write(call, t`The draft is made. The other parties see it once it is proposed.`)
    await navigate({ to: inApp(`agreements/${made.id}`).path })
  }
  return (
    <Form
      send={send}
      label={t`Draft what goes on`}
      check={() => ({
        ...(party ? {} : { '/organisation_id': t`Choose the party for which you draft.` }),
        ...faultsOfPeriod(period),
      })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              A new agreement is drafted with what is agreed now. Without days of your own it begins the day after this
              one ends and lasts as long again.
            </Trans>
          </p>
          {options.length > 1 && (
            <RadiosField
              label={t`For which party`}
              name="organisation_id"
              value={party}
              onChange={setParty}
              fault={faultOf('/organisation_id')}
              options={options}
            />
          )}
          <PeriodFields of={period} onChange={setPeriod} faultOf={faultOf} />
        </>
      )}
    </Form>
  )
}
