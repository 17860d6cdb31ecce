import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { StatusText } from 'suomifi-ui-components'
import { api, newKey, type Schemas } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { CheckField, ChooseField } from '../../../ui/inputs'
import { inApp } from '../../../ui/Link'
import { searchNetworks } from '../../../ui/NetworkPicker'
import { OrganisationPicker, type Picked, Picker } from '../../../ui/Picker'
import { useWrite } from '../../../ui/useWrite'
import { IMPORT_KINDS } from './labels'

type Kind = Schemas['ImportKind']

/** Whose rows they are: a network's, an organisation's, or everybody's. */
const SCOPES: Record<Kind, 'network' | 'organisation' | null> = {
  organisations: null,
  members: 'network',
  needs: 'network',
  applications: 'organisation',
  agreements: 'organisation',
  proposals: 'organisation',
}

/** A file with what it holds; afterwards one sees how far it is. */
export function UploadForm({ kinds }: { kinds: Kind[] }) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const navigate = useNavigate()
  const input = useId()
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'organisations')
  const [whose, setWhose] = useState<Picked | null>(null)
  const scope = SCOPES[kind]
  const [file, setFile] = useState<File>()
  const [trial, setTrial] = useState(true)
  const [skip, setSkip] = useState(false)

  async function send() {
    if (!file) return
    const made = await write(
      api.POST('/api/v1/imports', {
        params: {
          // the client gives it to every POST; here the description also asks for it by name
          header: { 'idempotency-key': newKey() },
          query: {
            kind,
            file_name: file.name,
            dry_run: trial,
            skip_bad: skip,
            ...(scope && { [`${scope}_id`]: whose?.id }),
          },
        },
        headers: { 'Content-Type': 'text/csv' },
        // the description says a text for what is bytes
        body: file as unknown as string,
        bodySerializer: (body) => body,
      }),
      t`The file has been sent.`,
    )
    await navigate({ to: inApp(`imports/${made.id}`).path })
  }

  const check = () => ({
    ...(scope && !whose && { '/whose': t`Choose whose rows they are.` }),
    ...(!file && { '/file': t`Choose a file.` }),
  })
  const given = { name: 'whose', value: whose, onChange: setWhose }

  return (
    <Form send={send} label={t`Send the file`} check={check}>
      {(faultOf) => (
        <>
          <ChooseField
            label={t`What the file holds`}
            name="kind"
            value={kind}
            onChange={(value) => {
              setKind(value as Kind)
              setWhose(null)
            }}
            fault={faultOf('/kind')}
            options={kinds.map((value) => ({ value, label: t(IMPORT_KINDS[value]) }))}
          />
          {scope === 'network' && (
            <Picker
              {...given}
              label={t`Network`}
              fault={faultOf('/whose')}
              search={(q) => searchNetworks(q)}
              of="networks"
            />
          )}
          {scope === 'organisation' && (
            <OrganisationPicker {...given} label={t`Organisation`} fault={faultOf('/whose')} />
          )}
          <div style={{ margin: '0 0 24px' }}>
            <label htmlFor={input} style={{ display: 'block', fontWeight: 600 }}>
              <Trans>CSV file</Trans>
            </label>
            <p style={{ margin: 0 }}>
              <Trans>The first row names the columns; the guide to running the service lists them for each kind.</Trans>
            </p>
            <input
              id={input}
              name="file"
              type="file"
              accept=".csv,text/csv,text/plain"
              style={{ maxWidth: '100%' }}
              onChange={(event) => setFile(event.target.files?.[0])}
            />
            {faultOf('/file').statusText && <StatusText status="error">{faultOf('/file').statusText}</StatusText>}
          </div>
          <CheckField
            label={t`Trial run: only say what would happen`}
            name="dry_run"
            value={trial}
            onChange={setTrial}
          />
          <CheckField
            label={t`Import the good rows, leave out the bad ones`}
            name="skip_bad"
            value={skip}
            onChange={setSkip}
          />
        </>
      )}
    </Form>
  )
}
