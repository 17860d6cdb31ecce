import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'

/** One text, which must be there. */
export function TextForm({
  label,
  button,
  name = 'body',
  send,
}: {
  label: string
  button: string
  name?: string
  send: (text: string) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  return (
    <Form
      label={button}
      send={() => send(text.trim())}
      check={() => (text.trim() ? {} : { [`/${name}`]: t`Write something first.` })}
    >
      {(faultOf) => <TextArea label={label} name={name} value={text} onChange={setText} fault={faultOf(`/${name}`)} />}
    </Form>
  )
}
