import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { largestFile } from '../../../api/config'
import { megabytes } from '../../../lib/fileSize'
import { useFilters } from '../../../lib/urlState'
import { toast } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { inApp } from '../../../ui/Link'
import type { Picked } from '../../../ui/Picker'
import { Sending } from '../../../ui/Progress'
import { Stopped, useUpload } from '../../../ui/useUpload'
import { useWrite } from '../../../ui/useWrite'
import { IMPORT_KINDS } from '../components/labels'
import { FileField } from './FileField'
import { Templates } from './Templates'
import { sentAs } from './values'
import { useWhose, WhoseField } from './Whose'

type Kind = Schemas['ImportKind']

/** A file with what it holds; afterwards one sees how it was read. */
export function UploadForm({ kinds }: { kinds: Kind[] }) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const navigate = useNavigate()
  const sending = useUpload()
  const [asked, ask] = useFilters<'kind' | 'network' | 'organisation'>()
  const kind = kinds.find((one) => one === asked.kind) ?? kinds[0] ?? 'organisations'
  const { scope, options, first } = useWhose(kind, asked)
  const [chosen, setChosen] = useState<Picked | null>()
  const whose = chosen === undefined ? first : chosen
  const [file, setFile] = useState<File>()
  const most = largestFile('import')

  async function send() {
    if (!file) return
    const query = {
      kind,
      file_name: file.name,
      dry_run: true,
      ...(scope && { [`${scope}_id`]: whose?.id }),
    }
    try {
      const made = await write(
        sending.send<Schemas['ImportDetails']>({ path: '/api/v1/imports', query, type: sentAs(file.name), file }),
      )
      await navigate({ to: inApp(`imports/${made.id}`).path, search: { step: 'columns' } as never })
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      toast(t`You stopped the sending.`)
    }
  }

  function wrongWith(file: File | undefined): string | undefined {
    if (!file) return t`Choose a file.`
    if (file.size === 0) return t`The file is empty.`
    if (most === undefined || file.size <= most) return undefined
    const size = megabytes(most)
    return t`The file is larger than ${size} MB. Split it into several files.`
  }
  const check = () => {
    const wrong = wrongWith(file)
    return {
      ...(scope && !whose && { '/whose': t`Choose whose rows they are.` }),
      ...(wrong && { '/file': wrong }),
    }
  }

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
              setChosen(undefined)
            }}
            fault={faultOf('/kind')}
            options={kinds.map((value) => ({ value, label: t(IMPORT_KINDS[value]) }))}
          />
          {scope && (
            <WhoseField scope={scope} options={options} value={whose} onChange={setChosen} fault={faultOf('/whose')} />
          )}
          <Templates kind={kind} />
          <FileField most={most} onChange={setFile} fault={faultOf('/file')} wrong={file && wrongWith(file)} />
          {sending.going && <Sending of={sending.going} stop={sending.stop} />}
        </>
      )}
    </Form>
  )
}
