import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { today } from '../../../lib/today'
import { type Faults, Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { ContributionFields, drafted, newDraft, useContributionFaults } from './ContributionFields'
import { DecidedFields } from './DecidedFields'
import { KnowsOfRevocation, useKnowing } from './Revoking'

type Given = Required<Schemas['ProposalGiven']>
type Outcome = Given['outcome']

const DECIDED: Outcome[] = ['statement', 'letter_of_intent', 'commitment']

/** A decision on the partnership, made or proposed. `from`: what stands in the fields at first. */
export function DecisionForm({
  button,
  from,
  proposes,
  of,
  send,
}: {
  button: string
  /** The case that is decided; of one in doubt, whoever decides says that they know of it. */
  of?: Schemas['PartnerRequestPublic']
  from: Schemas['ProposalGiven'] | null
  /** It may be a no, and leave the day to whoever decides. */
  proposes?: boolean
  send: (decision: Given, knows: boolean) => Promise<unknown>
}) {
  const { t } = useLingui()
  const outcomes = proposes ? [...DECIDED, 'none' as const] : DECIDED
  const [outcome, setOutcome] = useState<string>(outcomes.find((one) => one === from?.outcome) ?? '')
  const [contributions, setContributions] = useState(() => (from?.contributions ?? []).map(newDraft))
  const [decided, setDecided] = useState({
    body: from?.body ?? '',
    day: from?.decided_on ?? (proposes ? null : today()),
    section: from?.section ?? '',
  })
  const [reason, setReason] = useState(from?.reason ?? '')
  const [appeal, setAppeal] = useState(from?.appeal ?? '')
  const knowing = useKnowing()
  const [knows, setKnows] = useState(false)
  const faultsOf = useContributionFaults()
  const no = outcome === 'none'

  function check(): Faults {
    return {
      ...(of ? knowing(of, knows) : {}),
      ...(outcome ? {} : { '/outcome': t`Choose what the authority answers.` }),
      ...(no ? {} : faultsOf(contributions)),
      ...(decided.day || proposes ? {} : { '/decided_on': t`Give the day of the decision.` }),
      ...(no && !reason.trim() ? { '/reason': t`Enter the reason.` } : {}),
      ...(no && !appeal.trim() ? { '/appeal': t`Say how to appeal.` } : {}),
    }
  }

  const decide = () =>
    send(
      {
        outcome: outcome as Outcome,
        contributions: no ? [] : contributions.map(drafted),
        body: decided.body.trim() || null,
        decided_on: decided.day,
        section: decided.section.trim() || null,
        reason: reason.trim() || null,
        appeal: appeal.trim() || null,
      },
      knows,
    )

  return (
    <Form send={decide} label={button} check={check}>
      {(faultOf) => (
        <>
          {of && (
            <KnowsOfRevocation of={of} value={knows} onChange={setKnows} fault={faultOf('/knows_of_revocation')} />
          )}
          <RadiosField
            label={t`Outcome`}
            name="outcome"
            value={outcome}
            onChange={setOutcome}
            fault={faultOf('/outcome')}
            options={outcomes.map((value) => ({ value, label: t(enumLabels.PartnerOutcome[value]) }))}
          />
          {!no && (
            <>
              <ContributionFields value={contributions} onChange={setContributions} faultOf={faultOf} />
              <p>
                <Button
                  variant="secondary"
                  onClick={() => setContributions([...contributions, newDraft()])}
                >{t`Add a contribution`}</Button>
              </p>
            </>
          )}
          <DecidedFields of={decided} onChange={setDecided} faultOf={faultOf} optional optionalDay={proposes} />
          <TextArea
            label={t`Reason`}
            optional={!no}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
          />
          <TextArea
            label={t`How to appeal`}
            optional={!no}
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
