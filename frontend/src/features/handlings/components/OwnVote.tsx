import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import { Actions } from '../../../ui/Actions'
import { Dialog } from '../../../ui/Dialog'
import styles from './Handling.module.css'
import { type Ballot, choiceLabel, useHandlingWrite } from './handling'
import { ReasonForm } from './ReasonForm'
import { VoteForm } from './VoteForm'

/** The vote of a member that the reader speaks for: give it, change it, or stand aside. */
export function OwnVote({ ballot, member, name }: { ballot: Ballot; member: string; name: string }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const vote = ballot.own_votes.find((one) => one.member_id === member)
  const [changing, setChanging] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const standAside = <Button variant="secondary" onClick={() => setLeaving(true)}>{t`Stand aside`}</Button>
  return (
    <section className={styles.box} aria-label={t`Vote of ${name}`}>
      <Heading variant="h3">{name}</Heading>
      {vote && !changing ? (
        <>
          <p role="status">
            {vote.recorded ? t`The coordinator has recorded your vote:` : t`You have voted:`}{' '}
            <strong>{t(choiceLabel(ballot, vote.choice))}</strong> ({formatMoment(vote.cast_at)})
          </p>
          {vote.condition && <p>{vote.condition}</p>}
          {vote.reason && <p>{vote.reason}</p>}
          <div className={styles.buttons}>
            <Button variant="secondary" onClick={() => setChanging(true)}>{t`Change the vote`}</Button>
            {standAside}
          </div>
        </>
      ) : (
        <VoteForm ballot={ballot} member={member} vote={vote} secondary={standAside} done={() => setChanging(false)} />
      )}
      <Dialog open={leaving} title={t`Stand aside`} onClose={() => setLeaving(false)}>
        <ReasonForm
          label={t`Stand aside`}
          field={t`Reason`}
          optional
          send={async (reason) => {
            const params = { path: { handling_id: ballot.handling_id, member_id: member } }
            const body = { reason: reason || null }
            await write(
              api.PUT('/api/v1/handlings/{handling_id}/ballot/recusals/{member_id}', { params, body }),
              t`You stand aside in this ballot`,
            )
            setLeaving(false)
          }}
        >
          {t`Anyone who is disqualified takes no part in the vote. A vote given before is removed. You can take part again until the ballot closes.`}
        </ReasonForm>
      </Dialog>
    </section>
  )
}

/** A member that stands aside by its own word: until the ballot closes it may take part after all. */
export function TakePartAgain({ ballot, member, name }: { ballot: Ballot; member: string; name: string }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const params = { path: { handling_id: ballot.handling_id, member_id: member } }
  return (
    <section className={styles.box} aria-label={t`Vote of ${name}`}>
      <Heading variant="h3">{name}</Heading>
      <p>{t`You have declared a conflict of interest. You can take part again until the ballot closes.`}</p>
      <Actions
        about={name}
        of={[{ action: 'again', allowed: true, blocked_by: null }]}
        run={{
          again: {
            label: t`Take part again`,
            ends: true,
            onClick: () =>
              write(
                api.DELETE('/api/v1/handlings/{handling_id}/ballot/recusals/{member_id}', { params }),
                t`You take part in the ballot again`,
              ),
          },
        }}
      />
    </section>
  )
}
