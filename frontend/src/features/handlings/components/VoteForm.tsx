import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { type Faults, type Faulty, Form } from '../../../ui/Form'
import { CheckField, ChooseField, DateField, RadiosField, TextArea, TextField } from '../../../ui/inputs'
import { PartsField } from './ConditionParts'
import { type Ballot, choicesOf, useHandlingWrite } from './handling'

type Choice = Schemas['Choice']

/** One member's vote. */
export function VoteForm({
  ballot,
  member,
  vote,
  recorded = false,
  secondary,
  before,
  done,
}: {
  ballot: Ballot
  member: string
  /** The vote given before, which this one replaces. */
  vote?: Schemas['VotePublic']
  recorded?: boolean
  secondary?: ReactNode
  /** Fields above those of the vote. */
  before?: (faultOf: (pointer: string) => Faulty) => ReactNode
  done: () => void
}) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [chosen, setChosen] = useState<string>(vote?.choice ?? '')
  const [condition, setCondition] = useState(vote?.condition ?? '')
  const [parts, setParts] = useState(vote?.condition_parts ?? [])
  const [reason, setReason] = useState(vote?.reason ?? '')
  const [early, setEarly] = useState(vote?.early_close ?? false)
  const [givenBy, setGivenBy] = useState('')
  const [how, setHow] = useState('')
  const [day, setDay] = useState<string | null>(null)
  const conditional = chosen === 'for_with_conditions'
  const against = chosen === 'against'
  const send = async () => {
    const params = { path: { handling_id: ballot.handling_id, member_id: member } }
    const body = {
      choice: chosen as Choice,
      condition: conditional ? condition.trim() : null,
      condition_parts: conditional ? parts : [],
      reason: reason.trim() || null,
      recorded,
      given_by: recorded ? givenBy.trim() : null,
      given_how: recorded ? (how as Schemas['GivenHow']) : null,
      given_on: recorded ? day : null,
      early_close: !recorded && early,
    }
    await write(
      api.PUT('/api/v1/handlings/{handling_id}/ballot/votes/{member_id}', { params, body }),
      recorded ? t`The vote is recorded` : t`Your vote is given`,
    )
    done()
  }
  const check = () => {
    const faults: Faults = {}
    if (!member) faults['/member'] = t(NEEDED)
    if (!chosen) faults['/choice'] = t(NEEDED)
    if (conditional && !condition.trim()) faults['/condition'] = t(NEEDED)
    if (against && !reason.trim()) faults['/reason'] = t`Say why.`
    if (recorded && !givenBy.trim()) faults['/given_by'] = t(NEEDED)
    if (recorded && !how) faults['/given_how'] = t(NEEDED)
    if (recorded && !day) faults['/given_on'] = t(NEEDED)
    return faults
  }
  return (
    <Form label={recorded ? t`Record the vote` : t`Vote`} send={send} check={check} secondary={secondary}>
      {(faultOf) => (
        <>
          {before?.(faultOf)}
          <RadiosField
            label={recorded ? t`The member's vote` : t`Your vote`}
            name="choice"
            value={chosen}
            onChange={setChosen}
            options={Object.entries(choicesOf(ballot)).map(([value, word]) => ({ value, label: t(word) }))}
            fault={faultOf('/choice')}
          />
          {conditional && (
            <TextArea
              label={t`Condition`}
              hint={t`What must be met. The coordinator takes it into the puumerkki or answers why not.`}
              name="condition"
              value={condition}
              onChange={setCondition}
              fault={faultOf('/condition')}
              limit={300}
            />
          )}
          {conditional && (
            <PartsField name="condition_parts" value={parts} onChange={setParts} fault={faultOf('/condition_parts')} />
          )}
          {chosen && (
            <TextArea
              label={t`Reason`}
              name="reason"
              value={reason}
              onChange={setReason}
              fault={faultOf('/reason')}
              optional={!against}
            />
          )}
          {recorded && (
            <>
              <TextField
                label={t`Who gave the vote`}
                name="given_by"
                value={givenBy}
                onChange={setGivenBy}
                fault={faultOf('/given_by')}
              />
              <RadiosField
                label={t`How it was given`}
                name="given_how"
                value={how}
                onChange={setHow}
                options={Object.entries(enumLabels.GivenHow).map(([value, word]) => ({ value, label: t(word) }))}
                fault={faultOf('/given_how')}
              />
              <DateField
                label={t`When it was given`}
                name="given_on"
                value={day}
                onChange={setDay}
                fault={faultOf('/given_on')}
              />
            </>
          )}
          {!recorded && chosen && !ballot.rule.closes_early && (
            <CheckField
              label={t`The ballot may be closed as soon as all have voted`}
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

/** The coordinator writes down a vote that a member gave by phone or mail. */
export function RecordedVoteForm({
  ballot,
  members,
  close,
}: {
  ballot: Ballot
  members: Schemas['MemberPublic'][]
  close: () => void
}) {
  const { t } = useLingui()
  const [member, setMember] = useState('')
  const aside = new Set(ballot.recusals.map((one) => one.member_id))
  const options = members
    .filter((one) => one.votes && !aside.has(one.id))
    .map((one) => ({ value: one.id, label: textOf(one.organisation_names) }))
  return (
    <VoteForm
      ballot={ballot}
      member={member}
      recorded
      done={close}
      before={(faultOf) => (
        <>
          <p>{t`The vote is marked as recorded, and the member gets a message. The member can vote itself instead.`}</p>
          <ChooseField
            label={t`Member`}
            name="member"
            value={member}
            onChange={setMember}
            options={options}
            fault={faultOf('/member')}
          />
        </>
      )}
    />
  )
}
