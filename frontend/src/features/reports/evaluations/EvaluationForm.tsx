import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { type Faults, Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import type { ReportedOn } from '../../../ui/reports/subject'
import { useWrite, withVersion } from '../../../ui/useWrite'

type Evaluation = Schemas['EvaluationPublic']
const GRADES = ['1', '2', '3', '4', '5']

/** How one's organisation sees a year: given for the first time, or said otherwise. */
export function EvaluationForm({
  on,
  year,
  organisation,
  given,
  close,
}: {
  on: ReportedOn
  year: number
  organisation: string
  given?: Evaluation
  close?: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('evaluations', 'agreements', 'tasks')
  const [goals, setGoals] = useState(String(given?.goals_met ?? ''))
  const [cooperation, setCooperation] = useState(String(given?.cooperation ?? ''))
  const [well, setWell] = useState(given?.went_well ?? '')
  const [better, setBetter] = useState(given?.to_improve ?? '')
  const [further, setFurther] = useState<string>(given?.goes_on ?? '')
  const words = [t`1, poor`, '2', '3', '4', t`5, excellent`]
  const grades = GRADES.map((value, place) => ({ value, label: words[place] ?? value }))

  function check(): Faults {
    const needed = { goals_met: goals, cooperation, goes_on: further }
    const missing = Object.entries(needed).filter(([, value]) => !value)
    return Object.fromEntries(missing.map(([name]) => [`/${name}`, t`Choose one of the values.`]))
  }

  async function send() {
    const said = {
      goals_met: Number(goals),
      cooperation: Number(cooperation),
      went_well: well.trim() || null,
      to_improve: better.trim() || null,
      goes_on: further as Schemas['GoesOn'],
    }
    const params = { path: { evaluation_id: given?.id ?? '' }, header: withVersion(given?.version ?? 0) }
    const body = { subject_kind: on.kind, subject_id: on.id, organisation_id: organisation, year, ...said }
    if (given) await write(api.PATCH('/api/v1/evaluations/{evaluation_id}', { params, body: said }))
    else await write(api.POST('/api/v1/evaluations', { body }), t`The evaluation is given.`)
    close?.()
  }

  return (
    <Form send={send} label={given ? t`Save` : t`Give the evaluation`} check={check}>
      {(faultOf) => (
        <>
          <RadiosField
            label={t`How well the goals were met`}
            name="goals_met"
            value={goals}
            onChange={setGoals}
            fault={faultOf('/goals_met')}
            options={grades}
          />
          <RadiosField
            label={t`How the cooperation went`}
            name="cooperation"
            value={cooperation}
            onChange={setCooperation}
            fault={faultOf('/cooperation')}
            options={grades}
          />
          <TextArea
            label={t`What went well`}
            name="went_well"
            value={well}
            onChange={setWell}
            fault={faultOf('/went_well')}
            optional
          />
          <TextArea
            label={t`What could be better`}
            name="to_improve"
            value={better}
            onChange={setBetter}
            fault={faultOf('/to_improve')}
            optional
          />
          <RadiosField
            label={t`Should it go on`}
            name="goes_on"
            value={further}
            onChange={setFurther}
            fault={faultOf('/goes_on')}
            options={Object.entries(enumLabels.GoesOn).map(([value, word]) => ({ value, label: t(word) }))}
          />
        </>
      )}
    </Form>
  )
}
