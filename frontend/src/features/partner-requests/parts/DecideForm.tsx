import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { partnerOutcome } from '../../../lib/kinds'
import { today } from '../../../lib/today'
import { type Faults, Form } from '../../../ui/Form'
import { DateField, RadiosField, TextArea, TextField } from '../../../ui/inputs'
import { ContributionFields, type Draft, drafted, useContributionFaults } from './ContributionFields'

type Outcome = Schemas['Decision']['outcome']

const OUTCOMES: Outcome[] = ['statement', 'letter_of_intent', 'commitment']

/** The authority's decision on the partnership. */
export function DecideForm({ send }: { send: (decision: Schemas['Decision']) => Promise<unknown> }) {
  const { t } = useLingui()
  const [outcome, setOutcome] = useState('')
  const [contributions, setContributions] = useState<Draft[]>([])
  const [body, setBody] = useState('')
  const [day, setDay] = useState<string | null>(today())
  const [section, setSection] = useState('')
  const [appeal, setAppeal] = useState('')
  const faultsOf = useContributionFaults()

  function check(): Faults {
    return {
      ...(outcome ? {} : { '/outcome': t`Choose what the authority answers.` }),
      ...faultsOf(contributions),
      ...(day ? {} : { '/decided_on': t`Give the day of the decision.` }),
    }
  }

  const decide = () =>
    send({
      outcome: outcome as Outcome,
      contributions: contributions.map(drafted),
      body: body.trim() || null,
      decided_on: day ?? today(),
      section: section.trim() || null,
      appeal: appeal.trim() || null,
    })

  return (
    <Form send={decide} label={t`Record the decision`} check={check}>
      {(faultOf) => (
        <>
          <RadiosField
            label={t`Outcome`}
            name="outcome"
            value={outcome}
            onChange={setOutcome}
            fault={faultOf('/outcome')}
            options={OUTCOMES.map((value) => ({ value, label: t(partnerOutcome[value]) }))}
          />
          <ContributionFields value={contributions} onChange={setContributions} faultOf={faultOf} />
          <p>
            <Button
              variant="secondary"
              onClick={() => setContributions([...contributions, newDraft()])}
            >{t`Add a contribution`}</Button>
          </p>
          <TextField
            label={t`Body or office that decided`}
            optional
            name="body"
            value={body}
            onChange={setBody}
            fault={faultOf('/body')}
          />
          <DateField
            label={t`Decided on`}
            name="decided_on"
            value={day}
            onChange={setDay}
            fault={faultOf('/decided_on')}
          />
          <TextField
            label={t`Section of the minutes`}
            hint={t`For example § 12`}
            optional
            name="section"
            value={section}
            onChange={setSection}
            fault={faultOf('/section')}
          />
          <TextArea
            label={t`How to appeal`}
            optional
            name="appeal"
            value={appeal}
            onChange={setAppeal}
            fault={faultOf('/appeal')}
          />
        </>
      )}
    </Form>
  )
}

let made = 0
const newDraft = (): Draft => ({ key: made++, kind: 'money', cents: null, hours: null, description: '' })
