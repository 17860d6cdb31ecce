import { useLingui } from '@lingui/react/macro'
import { Button, Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import styles from './Handling.module.css'
import { type Ballot, useHandlingWrite } from './handling'

/** A member's condition was left out: its voice says whether the vote counts all the same. */
export function OmittedCondition({ ballot, member, name }: { ballot: Ballot; member: string; name: string }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const condition = ballot.conditions.find((one) => one.member_id === member)
  if (!condition) return null
  const say = (stands: boolean) => () =>
    write(
      api.PUT('/api/v1/handlings/{handling_id}/ballot/votes/{member_id}/standing', {
        params: { path: { handling_id: ballot.handling_id, member_id: member } },
        body: { stands },
      }),
      stands ? t`The vote counts as for` : t`The vote counts as blank`,
    )
  return (
    <section className={styles.box} aria-label={t`Vote of ${name}`}>
      <Heading variant="h3">{name}</Heading>
      <p>{t`Your condition was left out: ${condition.condition}`}</p>
      {condition.answer && <p>{condition.answer}</p>}
      <p role="status">
        {condition.stands ? t`The vote counts as for.` : t`The vote counts as blank, unless you say otherwise.`}
      </p>
      <div className={styles.buttons}>
        {condition.stands !== true && <Button onClick={say(true)}>{t`For, without the condition`}</Button>}
        {condition.stands !== false && <Button variant="secondary" onClick={say(false)}>{t`Blank`}</Button>}
      </div>
    </section>
  )
}
