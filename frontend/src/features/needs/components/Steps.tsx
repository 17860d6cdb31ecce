import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { Actions } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'

/** What the network's coordinator does with a need. */
export function Steps({ need }: { need: Schemas['NeedDetails'] }) {
  const { t } = useLingui()
  const write = useWrite('needs', 'tasks')
  const params = { path: { need_id: need.id }, header: withVersion(need.version) }
  return (
    <Actions
      of={need.available_actions}
      run={{
        agree: {
          label: t`Agree on the need`,
          onClick: () =>
            write(api.POST('/api/v1/needs/{need_id}/agree', { params }), t`The network agrees on the need.`),
        },
        begin: {
          label: t`Mark as being met`,
          onClick: () => write(api.POST('/api/v1/needs/{need_id}/begin', { params }), t`The need is being met.`),
        },
        meet: {
          label: t`Mark as met`,
          onClick: () => write(api.POST('/api/v1/needs/{need_id}/meet', { params }), t`The need is met.`),
        },
        drop: { label: t`Let the need go`, form: (close) => <Drop need={need} close={close} /> },
        reopen: {
          label: t`Take the need up again`,
          onClick: () => write(api.POST('/api/v1/needs/{need_id}/reopen', { params }), t`The need is taken up again.`),
        },
      }}
    />
  )
}

function Drop({ need, close }: { need: Schemas['NeedDetails']; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('needs', 'tasks')
  const [note, setNote] = useState('')
  const params = { path: { need_id: need.id }, header: withVersion(need.version) }
  return (
    <Form
      label={t`Let the need go`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (note.trim() ? {} : { '/closing_note': t`Say why the network lets it go.` })}
      send={async () => {
        const body = { closing_note: note }
        await write(api.POST('/api/v1/needs/{need_id}/drop', { params, body }), t`The need is let go.`)
        close()
      }}
    >
      {(faultOf) => (
        <TextArea
          label={t`Why`}
          hint={t`Everybody who sees the need reads this.`}
          name="closing_note"
          value={note}
          onChange={setNote}
          fault={faultOf('/closing_note')}
        />
      )}
    </Form>
  )
}
