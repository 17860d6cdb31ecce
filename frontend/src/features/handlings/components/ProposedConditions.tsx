import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Form } from '../../../ui/Form'
import { StatusTag } from '../../../ui/StatusTag'
import styles from './Handling.module.css'
import { type Ballot, ballotStep, type Handling, may, useHandlingWrite } from './handling'
import { ReasonForm } from './ReasonForm'
import { type When, WhenField } from './WhenField'

type Condition = Schemas['ConditionPublic']

/** The conditions that members proposed: each is taken into the endorsement or answered. */
export function ProposedConditions({
  handling,
  ballot,
  named,
}: {
  handling: Handling
  ballot: Ballot
  named: (member: string) => string
}) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [answering, setAnswering] = useState<Condition>()
  const [taking, setTaking] = useState<Condition>()
  if (ballot.conditions.length === 0) return null
  const asked = may(handling, 'answer_condition')

  async function answer({ member_id }: Condition, body: Schemas['ConditionAnswer'], said: string) {
    const { path, header } = ballotStep(ballot).params
    const params = { path: { ...path, member_id: member_id ?? '' }, header }
    await write(api.POST('/api/v1/handlings/{handling_id}/ballot/conditions/{member_id}', { params, body }), said)
  }
  return (
    <section className={styles.part}>
      <Heading variant="h3">{t`Proposed conditions`}</Heading>
      <Rows>
        {ballot.conditions.map((one) => (
          <Row
            key={`${one.member_id} ${one.condition}`}
            head={one.condition}
            status={<Taken taken={one.taken} />}
            meta={[
              one.member_id && t`Proposed by ${named(one.member_id)}`,
              one.when && `${t`To be met:`} ${t(enumLabels.MetWhen[one.when])}`,
              one.answer,
              one.taken === false && (one.stands ? t`The vote counts as for` : t`The vote counts as blank`),
            ]}
          >
            {asked && one.member_id && (
              <div className={styles.buttons}>
                {one.taken !== true && (
                  <Button variant="secondary" aria-label={t`Take: ${one.condition}`} onClick={() => setTaking(one)}>
                    {t`Take`}
                  </Button>
                )}
                {one.taken !== false && (
                  <Button
                    variant="secondary"
                    aria-label={t`Leave the condition out: ${one.condition}`}
                    onClick={() => setAnswering(one)}
                  >
                    {t`Leave the condition out`}
                  </Button>
                )}
              </div>
            )}
          </Row>
        ))}
      </Rows>
      <Dialog open={taking !== undefined} title={t`Make it a condition`} onClose={() => setTaking(undefined)}>
        {taking && (
          <TakeForm
            condition={taking}
            send={async (when) => {
              await answer(taking, { taken: true, when }, t`The condition is part of the puumerkki`)
              setTaking(undefined)
            }}
          />
        )}
      </Dialog>
      <Dialog open={answering !== undefined} title={t`Leave the condition out`} onClose={() => setAnswering(undefined)}>
        <ReasonForm
          label={t`Answer`}
          field={t`Why is it not taken?`}
          name="answer"
          send={async (text) => {
            if (answering) await answer(answering, { taken: false, answer: text }, t`The answer is given`)
            setAnswering(undefined)
          }}
        >
          {answering?.condition}
        </ReasonForm>
      </Dialog>
    </section>
  )
}

function TakeForm({ condition, send }: { condition: Condition; send: (when: When) => Promise<void> }) {
  const { t } = useLingui()
  const [when, setWhen] = useState<When>('before')
  return (
    <Form label={t`Make it a condition`} send={() => send(when)}>
      {(faultOf) => (
        <>
          <p>{condition.condition}</p>
          <WhenField name="when" value={when} onChange={setWhen} fault={faultOf('/when')} />
        </>
      )}
    </Form>
  )
}

function Taken({ taken }: { taken: boolean | null }) {
  const { t } = useLingui()
  if (taken === null) return <StatusTag tone="warning">{t`Waits for an answer`}</StatusTag>
  return taken ? <StatusTag tone="good">{t`Taken`}</StatusTag> : <StatusTag>{t`Not taken`}</StatusTag>
}
