import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Block, Button, InlineAlert } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import { today } from '../../../lib/today'
import { Actions, only, type Run } from '../../../ui/Actions'
import { Facts } from '../../../ui/Facts'
import { Form } from '../../../ui/Form'
import { Section } from '../../../ui/Section'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { useDecisionFacts, useProposer } from './decisionFacts'
import { KnowsOfRevocation, useKnowing } from './Revoking'
import { TextForm } from './TextForm'

type Case = Schemas['PartnerRequestPublic']

/** The decision that is proposed, which a decider confirms or hands back; or what became of the last one. */
export function Proposal({ of }: { of: Case }) {
  if (of.proposal) return <Standing of={of} proposal={of.proposal} />
  if (of.former_proposal) return <Former of={of.former_proposal} />
  return null
}

function Standing({ of, proposal }: { of: Case; proposal: Schemas['ProposedDecision'] }) {
  const { t } = useLingui()
  const factsOf = useDecisionFacts()
  const proposer = useProposer()
  const write = useWrite('partner-requests', 'applications', 'tasks')
  const params = { path: { request_id: of.id }, header: withVersion(of.version) }
  const facts = factsOf(proposal)
  const ends = proposal.outcome === 'none' ? 'answer_none' : 'decide'
  const said = {
    body: proposal.body ?? null,
    decided_on: proposal.decided_on ?? today(),
    section: proposal.section ?? null,
  }

  const confirm = (knows_of_revocation: boolean) =>
    write(
      proposal.outcome === 'none'
        ? api.POST('/api/v1/partner-requests/{request_id}/answer_none', {
            params,
            body: { ...said, reason: proposal.reason ?? '', appeal: proposal.appeal ?? '' },
          })
        : api.POST('/api/v1/partner-requests/{request_id}/decide', {
            params,
            body: {
              ...said,
              outcome: proposal.outcome,
              contributions: proposal.contributions ?? [],
              reason: proposal.reason ?? null,
              appeal: proposal.appeal ?? null,
              knows_of_revocation,
            },
          }),
      t`The decision is recorded.`,
    )

  const asProposed: Run = {
    label: t`Decide as proposed`,
    form: (close) => (
      <AsProposed
        of={ends === 'decide' ? of : undefined}
        facts={facts}
        close={close}
        send={(knows) => confirm(knows).then(close)}
      />
    ),
  }

  return (
    <Section title={t`Proposed decision`}>
      <Facts
        facts={[
          [t`Proposed by`, proposer(proposal.proposed_by)],
          [t`Proposed`, formatMoment(proposal.proposed_at)],
          ...facts,
          [t`Version of the application`, String(proposal.version_number)],
        ]}
      />
      <Actions
        of={only(of.available_actions, ends, 'hand_back')}
        about={t`Proposed decision`}
        run={{
          decide: asProposed,
          answer_none: asProposed,
          hand_back: {
            label: t`Hand the proposal back`,
            ends: true,
            form: (close) => (
              <TextForm
                label={t`Why the proposal is handed back`}
                button={t`Hand the proposal back`}
                name="reason"
                send={(reason) =>
                  write(
                    api.POST('/api/v1/partner-requests/{request_id}/hand_back', { params, body: { reason } }),
                    t`The proposal has been handed back. Its proposer has received a message.`,
                  ).then(close)
                }
              />
            ),
          },
        }}
      />
    </Section>
  )
}

/** `of`: the case, where what is decided rests on a puumerkki. */
function AsProposed({
  of,
  facts,
  close,
  send,
}: {
  of: Case | undefined
  facts: [string, ReactNode][]
  close: () => void
  send: (knows: boolean) => Promise<unknown>
}) {
  const { t } = useLingui()
  const knowing = useKnowing()
  const [knows, setKnows] = useState(false)
  return (
    <Form
      label={t`Record the decision`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (of ? knowing(of, knows) : {})}
      send={() => send(knows)}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>The decision is recorded in your name.</Trans>
          </p>
          <Facts facts={facts} />
          {of && (
            <KnowsOfRevocation of={of} value={knows} onChange={setKnows} fault={faultOf('/knows_of_revocation')} />
          )}
        </>
      )}
    </Form>
  )
}

function Former({ of }: { of: Schemas['FormerProposedDecision'] }) {
  const { t } = useLingui()
  const proposer = useProposer()
  const back = of.handed_back_reason
  return (
    <Block mb="m">
      <InlineAlert
        status="neutral"
        labelText={
          back === null
            ? t`The proposed decision no longer applies: the case has changed`
            : t`The proposal was handed back`
        }
      >
        <Facts
          facts={[
            [t`Reason`, back],
            [t`Handed back by`, back !== null && of.ended_by?.name],
            [t`When`, formatMoment(of.ended_at)],
            [t`Proposed by`, proposer(of.proposed_by)],
          ]}
        />
        <p>
          <Trans>An officer can propose a decision again.</Trans>
        </p>
      </InlineAlert>
    </Block>
  )
}
