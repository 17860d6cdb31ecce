import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { partnerOutcome } from '../../../lib/kinds'
import { today } from '../../../lib/today'
import { type Faults, Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { ContributionFields, type Draft, drafted, useContributionFaults } from './ContributionFields'
import { type Decided, DecidedFields } from './DecidedFields'

type Outcome = Schemas['Decision']['outcome']

const OUTCOMES: Outcome[] = ['statement', 'letter_of_intent', 'commitment']

/** The authority's decision on the partnership. */
export function DecideForm({ send }: { send: (decision: Schemas['Decision']) => Promise<unknown> }) {
  const { t } = useLingui()
  const [outcome, setOutcome] = useState('')
  const [contributions, setContributions] = useState<Draft[]>([])
  const [decided, setDecided] = useState<Decided>({ body: '', day: today(), section: '' })
  const [appeal, setAppeal] = useState('')
  const faultsOf = useContributionFaults()

  function check(): Faults {
    return {
      ...(outcome ? {} : { '/outcome': t`Choose what the authority answers.` }),
      ...faultsOf(contributions),
      ...(decided.day ? {} : { '/decided_on': t`Give the day of the decision.` }),
    }
  }

  const decide = () =>
    send({
      outcome: outcome as Outcome,
      contributions: contributions.map(drafted),
      body: decided.body.trim() || null,
      decided_on: decided.day ?? today(),
      section: decided.section.trim() || null,
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
          <DecidedFields of={decided} onChange={setDecided} faultOf={faultOf} optional />
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
