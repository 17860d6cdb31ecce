import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { inDays } from '../../../lib/today'
import { Form } from '../../../ui/Form'
import { ChooseField, DateField, TextArea } from '../../../ui/inputs'
import { type Handling, step, useHandlingWrite } from './handling'
import { RepeatedFields, useRepeated } from './RepeatedFields'

type Part = Schemas['ApplicationPart']

/** Send the application back, with what is to be mended. */
export function ReturnForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const empty = { part: '', body: '' }
  const points = useRepeated([empty], empty)
  const [by, setBy] = useState<string | null>(inDays(14))
  const send = async () => {
    const asked = points.values.map(({ part, body }) => ({ part: (part || null) as Part | null, body }))
    const body = { points: asked, answer_by: by }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/return', { ...step(handling), body }),
      t`Returned to the applicant`,
    )
    close()
  }
  const check = () =>
    Object.fromEntries([
      ...points.values.flatMap(({ body }, place) => (body.trim() ? [] : [[`/points/${place}/body`, t(NEEDED)]])),
      ...(by ? [] : [['/answer_by', t(NEEDED)]]),
    ])
  const parts = Object.entries(enumLabels.ApplicationPart).map(([value, word]) => ({ value, label: t(word) }))
  return (
    <Form label={t`Return`} send={send} check={check}>
      {(faultOf) => (
        <>
          <p>{t`The applicant mends these and submits a new version, which comes back to the network.`}</p>
          <RepeatedFields several={points} least={1} name={(number) => t`Point ${number}`} add={t`Add a point`}>
            {(point, change, place) => (
              <>
                <ChooseField
                  label={t`Part of the application`}
                  none={t`The whole application`}
                  name={`points/${place}/part`}
                  value={point.part}
                  options={parts}
                  onChange={(part) => change({ ...point, part })}
                  fault={faultOf(`/points/${place}/part`)}
                />
                <TextArea
                  label={t`What is to be mended`}
                  name={`points/${place}/body`}
                  value={point.body}
                  onChange={(body) => change({ ...point, body })}
                  fault={faultOf(`/points/${place}/body`)}
                />
              </>
            )}
          </RepeatedFields>
          <DateField
            label={t`To be completed by`}
            name="answer_by"
            value={by}
            onChange={setBy}
            fault={faultOf('/answer_by')}
          />
        </>
      )}
    </Form>
  )
}
