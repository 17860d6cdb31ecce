import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatEnd, formatMoment } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Reason } from '../../../ui/Reason'
import { StatusTag } from '../../../ui/StatusTag'
import styles from './Handling.module.css'
import { type Handling, may, useHandlingWrite } from './handling'
import { ReasonForm } from './ReasonForm'
import { VersionChanges } from './VersionChanges'

type ConditionsClaim = Schemas['ConditionsClaimPublic']

const ENDS: Record<string, MessageDescriptor> = {
  refused: msg`A second person said that the condition is not met`,
  nobody_settles: msg`No second person confirmed it`,
  new_version: msg`The applicant submitted a new version`,
  endorsement_ended: msg`The puumerkki ended otherwise`,
  dropped: msg`It was withdrawn`,
}

/** Conditions that were called met: who can object, what they said, and how it ended. */
export function Claim({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const claim = handling.conditions_claim
  if (!claim) return null
  const words: Record<ConditionsClaim['state'], string> = {
    open: claim.asked.some((one) => one.agrees === false)
      ? t`A member objects`
      : claim.settle_by
        ? t`Waiting for a second person`
        : t`Members can object`,
    effective: t`The conditions are met`,
    fell: t`The conditions are open`,
  }
  const said = (one: Schemas['ClaimAsked']) =>
    one.agrees === null ? t`Not answered yet` : one.agrees ? t`Agrees` : `${t`Objects`}: ${one.reason}`
  return (
    <section>
      <div className={styles.head}>
        <Heading variant="h2">{t`Conditions called met`}</Heading>
        <StatusTag tone={claim.state === 'effective' ? 'good' : claim.state === 'open' ? 'warning' : undefined}>
          {words[claim.state]}
        </StatusTag>
      </div>
      <Facts
        facts={[
          [t`Conditions`, claim.conditions.join('\n')],
          [t`Version`, String(claim.version_number)],
          [t`Called met`, formatMoment(claim.claimed_at)],
          [
            t`Met automatically after`,
            claim.state === 'open' && claim.settle_by === null && !claim.word_needed && formatEnd(claim.effective_at),
          ],
          [
            t`Members answer by`,
            claim.state === 'open' && claim.settle_by === null && claim.word_needed && formatEnd(claim.effective_at),
          ],
          [
            t`A second person answers by`,
            claim.state === 'open' && claim.settle_by !== null && formatEnd(claim.settle_by),
          ],
          ...claim.asked.map((one): [string, string] => [textOf(one.names), said(one)]),
          [t`Settled on`, formatMoment(claim.ended_at)],
          [t`Why the conditions are open`, claim.end_reason && <Reason code={claim.end_reason} words={ENDS} />],
        ]}
      />
      {may(handling, 'answer_claim') &&
        claim.may_answer_for.map((member) => {
          const one = claim.asked.find(({ member_id }) => member_id === member)
          return one && <Answer key={member} handling={handling} asked={one} silence={!claim.word_needed} />
        })}
    </section>
  )
}

/** A member's own word on it. `silence`: whether no answer is a yes. */
function Answer({ handling, asked, silence }: { handling: Handling; asked: Schemas['ClaimAsked']; silence: boolean }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [objecting, setObjecting] = useState(false)
  const name = textOf(asked.names)
  const [error, setError] = useState<unknown>()
  const answer = (body: Schemas['ClaimAnswerGiven'], told: string) =>
    write(
      api.PUT('/api/v1/handlings/{handling_id}/conditions_claim/answers/{member_id}', {
        params: { path: { handling_id: handling.id, member_id: asked.member_id } },
        body,
      }),
      told,
    )
  return (
    <section className={styles.box} aria-label={t`Answer of ${name}`}>
      <Heading variant="h3">{name}</Heading>
      <p>
        {silence
          ? t`Is the condition met? If you do not answer, it counts as met.`
          : t`Is the condition met? An essential part of the application has changed. The puumerkki moves to the new version only if all members agree, or a second person confirms.`}
      </p>
      <VersionChanges handling={handling} />
      <div className={styles.buttons}>
        {asked.agrees !== true && (
          <Button onClick={() => answer({ agrees: true }, t`Your answer has been recorded`).catch(setError)}>
            {t`The condition is met`}
          </Button>
        )}
        {asked.agrees !== false && (
          <Button variant="secondary" onClick={() => setObjecting(true)}>
            {t`Object`}
          </Button>
        )}
      </div>
      {error !== undefined && <Failure error={error} />}
      <Dialog open={objecting} title={t`Object`} onClose={() => setObjecting(false)}>
        <ReasonForm
          label={t`Object`}
          field={t`Why is the condition not met?`}
          send={async (reason) => {
            await answer({ agrees: false, reason }, t`Your objection has been recorded`)
            setObjecting(false)
          }}
        >
          {t`A second person then says whether the condition is met.`}
        </ReasonForm>
      </Dialog>
    </section>
  )
}
