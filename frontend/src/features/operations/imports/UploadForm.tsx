import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, newKey, type Schemas } from '../../../api/client'
import { useFilters } from '../../../lib/urlState'
import { Form } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { inApp } from '../../../ui/Link'
import { searchNetworks } from '../../../ui/NetworkPicker'
import { OrganisationPicker, type Picked, Picker } from '../../../ui/Picker'
import { useWrite } from '../../../ui/useWrite'
import { IMPORT_KINDS } from '../components/labels'
import { FileField } from './FileField'
import { Templates } from './Templates'
import { sentAs } from './values'

type Kind = Schemas['ImportKind']

/** Whose rows they are: a network's, an organisation's, or everybody's. */
const SCOPES: Record<Kind, 'network' | 'organisation' | null> = {
  organisations: null,
  members: 'network',
  needs: 'network',
  applications: 'organisation',
  agreements: 'organisation',
  proposals: 'organisation',
  calls: 'organisation',
  people: 'organisation',
}

/** A file with what it holds; afterwards one sees how it was read. */
export function UploadForm({ kinds }: { kinds: Kind[] }) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const navigate = useNavigate()
  const [asked, ask] = useFilters<'kind'>()
  const kind = kinds.find((one) => one === asked.kind) ?? kinds[0] ?? 'organisations'
  const [whose, setWhose] = useState<Picked | null>(null)
  const scope = SCOPES[kind]
  const [file, setFile] = useState<File>()

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
            dry_run: true,
            ...(scope && { [`${scope}_id`]: whose?.id }),
          },
        },
        headers: { 'Content-Type': sentAs(file.name) },
        // the description says a text for what is bytes
        body: file as unknown as string,
        bodySerializer: (body) => body,
      }),
      t`The file has been sent.`,
    )
    await navigate({ to: inApp(`imports/${made.id}`).path, search: { step: 'columns' } as never })
  }

  const check = () => ({
    ...(scope && !whose && { '/whose': t`Choose whose rows they are.` }),
    ...(!file && { '/file': t`Choose a file.` }),
  })
  const given = { name: 'whose', value: whose, onChange: setWhose }

  return (
    <Form send={send} label={t`Send the file and run the trial`} check={check}>
      {(faultOf) => (
        <>
          <ChooseField
            label={t`What the file holds`}
            name="kind"
            value={kind}
            onChange={(value) => {
              ask({ kind: value })
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
          <Templates kind={kind} />
          <FileField file={file} onChange={setFile} fault={faultOf('/file')} />
        </>
      )}
    </Form>
  )
}
