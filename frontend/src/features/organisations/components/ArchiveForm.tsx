import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { useMe } from '../../../lib/me'
import { toast } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { RadiosField, TextField } from '../../../ui/inputs'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { archivingReason } from './archivingReasons'
import type { Organisation } from './Frame'
import { mayAnswer } from './rights'

/** Why an organisation is archived, and from where that is known. Its people are told first, unless they wish it. */
export function ArchiveForm({ organisation, close }: { organisation: Organisation; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const own = mayAnswer(useMe(), organisation.id)
  const [reason, setReason] = useState('')
  const [source, setSource] = useState('')
  const [page, setPage] = useState('')
  const [successor, setSuccessor] = useState<Picked | null>(null)
  return (
    <Form
      label={own ? t`Archive the organisation` : t`Propose to archive the organisation`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => ({
        ...(reason ? {} : { '/reason': t`Choose a reason.` }),
        ...(source.trim() ? {} : { '/source': t`Tell where this is known from.` }),
      })}
      send={async () => {
        const call = api.POST('/api/v1/organisations/{organisation_id}/archive', {
          params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) },
          body: {
            reason: reason as Schemas['ArchivingReason'],
            source,
            source_url: page.trim() || null,
            successor_id: successor?.id ?? null,
          },
        })
        const done = await write(call)
        toast(done.state === 'archived' ? t`The organisation is archived.` : t`The organisation has been told.`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          <p>
            {own
              ? t`An archived organisation no longer applies, votes or signs. The operator can restore it. If the organisation has other administrators, one of them agrees first, or it is archived after 14 days without an objection.`
              : t`The organisation is told first, and has 14 days to object. If nobody has an account in it, it is archived at once.`}
          </p>
          <RadiosField
            label={t({ message: 'Reason', context: 'archiving' })}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
            options={Object.entries(archivingReason).map(([value, word]) => ({ value, label: t(word) }))}
          />
          <TextField
            label={t({ message: 'Source', context: 'archiving' })}
            hint={t`For example: register of associations, entry of 1 October 2026. Everybody sees it.`}
            name="source"
            value={source}
            onChange={setSource}
            fault={faultOf('/source')}
          />
          <TextField
            label={t`Page that shows it`}
            name="source_url"
            type="url"
            value={page}
            onChange={setPage}
            fault={faultOf('/source_url')}
            optional
          />
          <OrganisationPicker
            label={t`Successor, if there is one`}
            hint={t`Drafts, agreements and memberships pass to it if it accepts. It is asked.`}
            name="successor_id"
            value={successor}
            onChange={setSuccessor}
            fault={faultOf('/successor_id')}
          />
        </>
      )}
    </Form>
  )
}
