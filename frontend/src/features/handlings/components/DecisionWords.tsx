import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay, formatEnd, formatMoment } from '../../../lib/format'
import { useMembers } from '../../../lib/members'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Reason } from '../../../ui/Reason'
import { StatusTag } from '../../../ui/StatusTag'
import styles from './Handling.module.css'
import { type Handling, may, useHandlingWrite } from './handling'
import { ReasonForm } from './ReasonForm'

type Decision = Handling['decisions'][number]

const FELL: Record<string, MessageDescriptor> = {
  denied: msg`A member disputed it, and two others did not confirm it`,
  overtaken: msg`The handling ended or changed before the decision took effect`,
}

const waits = (decision: Decision) =>
  decision.confirmed_at !== null && decision.effective_at === null && decision.fell_at === null

const disputed = (decision: Decision) => decision.said.some((one) => !one.agrees)

/** Where a meeting's decision is on its way to take effect. */
export function DecisionStatus({ decision }: { decision: Decision }) {
  const { t } = useLingui()
  if (decision.effective_at)
    return <StatusTag tone="good">{t`Took effect on ${formatDay(decision.effective_at)}`}</StatusTag>
  if (decision.fell_at) return <StatusTag>{t`Did not take effect`}</StatusTag>
  if (!decision.confirmed_at) return <StatusTag tone="warning">{t`Waits for a second person's confirmation`}</StatusTag>
  return (
    <StatusTag tone="warning">
      {disputed(decision) ? t`The decision is disputed` : t`Confirmed, not yet in effect`}
    </StatusTag>
  )
}

/** Until when a confirmed decision waits, what those present have said, and what the reader can say for a member. */
export function DecisionWords({ handling, decision }: { handling: Handling; decision: Decision }) {
  const { t } = useLingui()
  const members = useMembers(handling.network_id)
  const name = (id: string) => members.name(id) ?? t`a former member`
  const open = waits(decision)
  const own = [...new Set([...decision.may_confirm_for, ...decision.may_dispute_for])]
  return (
    <>
      <Facts
        facts={[
          [t`Confirmed on`, formatMoment(decision.confirmed_at)],
          [t`Takes effect automatically after`, open && !disputed(decision) && formatEnd(decision.holds_at)],
          [t`Two others confirm it by`, open && disputed(decision) && formatEnd(decision.holds_at)],
          ...(members.known ? decision.said : []).map((one): [string, string] => [
            name(one.member_id),
            one.agrees ? t`The meeting decided so` : `${t`The meeting did not decide so`}: ${one.reason}`,
          ]),
          [t`Settled on`, formatMoment(decision.fell_at)],
          [
            t`Why it did not take effect`,
            decision.fell_because && <Reason code={decision.fell_because} words={FELL} />,
          ],
        ]}
      />
      {open &&
        members.known &&
        may(handling, 'answer_decision') &&
        own.map((member) => (
          <Answer key={member} handling={handling} decision={decision} member={member} name={name(member)} />
        ))}
    </>
  )
}

/** What a confirmed decision waits for, in words. */
export function Waiting({ decision }: { decision: Decision }) {
  const { t } = useLingui()
  if (!waits(decision)) return null
  const end = formatEnd(decision.holds_at)
  const words = disputed(decision)
    ? t`A member disputes the decision. It takes effect only if two others who were present confirm it by ${end}.`
    : decision.two_more_possible
      ? t`The decision takes effect when two others who were present confirm it. Otherwise it takes effect after the days to dispute it if nobody does.`
      : t`There are not two others who could confirm the decision. It takes effect after the days to dispute it if nobody does.`
  return <p>{words}</p>
}

/** A member's word: the meeting decided so, or not so and why. */
function Answer({
  handling,
  decision,
  member,
  name,
}: {
  handling: Handling
  decision: Decision
  member: string
  name: string
}) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [disputing, setDisputing] = useState(false)
  const [error, setError] = useState<unknown>()
  const said = decision.said.find((one) => one.member_id === member)
  const answer = (body: Schemas['DecisionWordGiven']) =>
    write(
      api.PUT('/api/v1/handlings/{handling_id}/decisions/{decision_id}/words/{member_id}', {
        params: { path: { handling_id: handling.id, decision_id: decision.id, member_id: member } },
        body,
      }),
      t`Your answer has been recorded`,
    )
  return (
    <section className={styles.box} aria-label={t`Answer of ${name}`}>
      <Heading variant="h3">{name}</Heading>
      <p>
        {decision.present_member_ids.includes(member) || decision.stood_aside_member_ids.includes(member)
          ? t`According to the record, the member was in the meeting. Did the meeting decide so?`
          : t`The record does not name the member as present. If it did not hear of the meeting or was left out, the decision can be disputed.`}
      </p>
      <div className={styles.buttons}>
        {decision.may_confirm_for.includes(member) && said?.agrees !== true && (
          <Button onClick={() => answer({ agrees: true }).catch(setError)}>{t`It was so`}</Button>
        )}
        {decision.may_dispute_for.includes(member) && said?.agrees !== false && (
          <Button variant="secondary" onClick={() => setDisputing(true)}>
            {t`Not so`}
          </Button>
        )}
      </div>
      {error !== undefined && <Failure error={error} />}
      <Dialog open={disputing} title={t`The meeting did not decide so`} onClose={() => setDisputing(false)}>
        <ReasonForm
          label={t`Dispute the decision`}
          field={t`What is not right?`}
          send={async (reason) => {
            await answer({ agrees: false, reason })
            setDisputing(false)
          }}
        >
          {t`The decision then takes effect only if two others who were present confirm it.`}
        </ReasonForm>
      </Dialog>
    </section>
  )
}
