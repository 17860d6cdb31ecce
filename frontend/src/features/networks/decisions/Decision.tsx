import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay, lastDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { Actions } from '../../../ui/Actions'
import { Facts } from '../../../ui/Facts'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { CheckField, RadiosField, TextArea } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Network } from '../components/NetworkFrame'
import { Section } from '../components/Section'

type Of = Schemas['NetworkDecisionPublic']

const ONE = '/api/v1/networks/{network_id}/decisions/{decision_id}'

/** One decision: what is proposed, how far it is, what one can do about it. */
export function Decision({ network, id }: { network: Network; id: string }) {
  const params = { path: { network_id: network.id, decision_id: id } }
  const found = query.useQuery('get', ONE, { params })
  return <Loaded query={found}>{(of) => <Shown of={of} />}</Loaded>
}

function Shown({ of }: { of: Of }) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const path = { network_id: of.network_id, decision_id: of.id }
  const at = { params: { path, header: withVersion(of.version) } }
  return (
    <Section title={t(enumLabels.DecisionKind[of.kind])}>
      <p>
        <StatusTag tone={of.state === 'rejected' ? 'bad' : toneOf(of.state)}>
          {t(enumLabels.DecisionState[of.state])}
        </StatusTag>
      </p>
      <Facts facts={useFacts(of)} />
      <Actions
        about={t(enumLabels.DecisionKind[of.kind])}
        of={of.available_actions}
        run={{
          vote: { label: t`Vote`, form: (close) => <Vote of={of} close={close} /> },
          confirm: {
            label: of.way === 'meeting' ? t`Confirm that the meeting decided so` : t`Confirm the proposal`,
            onClick: () => write(api.POST(`${ONE}/confirm`, at), t`You have confirmed it`),
          },
          object: { ends: true, label: t`Object`, form: (close) => <ObjectTo of={of} close={close} /> },
          drop: {
            ends: true,
            label: t`Withdraw the proposal`,
            onClick: () => write(api.POST(`${ONE}/drop`, at), t`The proposal has been withdrawn`),
          },
        }}
      />
    </Section>
  )
}

function useFacts(of: Of): [string, React.ReactNode][] {
  const { t } = useLingui()
  const rules = `networks/${of.network_id}/rules`
  const open = of.state === 'open'
  const missing = of.missing?.map(textOf).join(', ')
  return [
    [t`Person`, of.kind === 'rulebook' ? null : of.subject_name],
    [t`Rulebook`, of.kind === 'rulebook' && <Link to={rules}>{t`Version ${of.subject_name ?? ''}`}</Link>],
    [t`Reason`, of.reason],
    [t`How it is decided`, t(enumLabels.DecisionWay[of.way])],
    [t`Proposed by`, `${of.proposer_name}, ${formatDay(of.opened_at)}`],
    [t`Meeting`, of.met_on && formatDay(of.met_on)],
    [t`Second person`, of.confirmer_name],
    [open && of.way === 'vote' ? t`Voting ends` : t`Time to answer ends`, open && formatDay(lastDay(of.closes_at))],
    [t`Votes given`, open && of.way === 'vote' && t`${of.have_voted} of ${of.may_vote}`],
    [t`Not voted yet`, missing],
    [t`Days to accept`, of.accept_days === null ? null : String(of.accept_days)],
    [t`Takes effect`, of.on_day && formatDay(of.on_day)],
    [t`Authorities have time to answer until`, of.state === 'adopted' && of.possible_on && formatDay(of.possible_on)],
    [t`Result`, of.result && t(enumLabels.DecisionOutcome[of.result.outcome])],
    [t`For`, of.result?.votes_for?.toString()],
    [t`Against`, of.result?.against?.toString()],
    [t`Blank`, of.result?.blank?.toString()],
    [t`Objection`, of.objection],
    ...of.own.map((one): [string, React.ReactNode] => [
      t`Vote of ${textOf(one.organisation_names)}`,
      one.choice && t(enumLabels.Choice[one.choice]),
    ]),
  ]
}

const CHOICES: Schemas['PlainChoice'][] = ['for', 'against', 'blank']

function Vote({ of, close }: { of: Of; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const [member, setMember] = useState(of.own[0]?.member_id ?? '')
  const [choice, setChoice] = useState<Schemas['PlainChoice'] | ''>('')
  const agrees = (id: string) => of.own.some((one) => one.member_id === id && one.early_close)
  const [early, setEarly] = useState(agrees(member))
  return (
    <Form
      label={t`Vote`}
      check={() => (choice ? {} : { '/choice': t`Choose your vote.` })}
      send={async () => {
        const path = { network_id: of.network_id, decision_id: of.id, member_id: member }
        const body = { choice: choice as Schemas['PlainChoice'], early_close: early }
        await write(api.PUT(`${ONE}/votes/{member_id}`, { params: { path }, body }), t`The vote has been given`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          {of.own.length > 1 && (
            <RadiosField
              label={t`For which member`}
              name="member_id"
              value={member}
              onChange={(id) => {
                setMember(id)
                setEarly(agrees(id))
              }}
              options={of.own.map((one) => ({ value: one.member_id, label: textOf(one.organisation_names) }))}
            />
          )}
          <RadiosField
            label={t`Vote`}
            hint={t`Nobody sees how you voted. You can change it until the vote ends.`}
            name="choice"
            value={choice}
            onChange={(value) => setChoice(value as Schemas['PlainChoice'])}
            options={CHOICES.map((one) => ({ value: one, label: t(enumLabels.Choice[one]) }))}
            fault={faultOf('/choice')}
          />
          {!of.closes_early && (
            <CheckField
              label={t`The votes may be counted as soon as all have voted`}
              name="early_close"
              value={early}
              onChange={setEarly}
              fault={faultOf('/early_close')}
            />
          )}
        </>
      )}
    </Form>
  )
}

function ObjectTo({ of, close }: { of: Of; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const [reason, setReason] = useState('')
  const path = { network_id: of.network_id, decision_id: of.id }
  return (
    <Form
      label={t`Object`}
      check={() => (reason.trim() ? {} : { '/reason': t`Give the reason.` })}
      send={async () => {
        const given = { params: { path, header: withVersion(of.version) }, body: { reason: reason.trim() } }
        await write(api.POST(`${ONE}/object`, given), t`Your objection has been recorded`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          <p>{t`The proposal ends here. After that only a vote of the members can decide so.`}</p>
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}
