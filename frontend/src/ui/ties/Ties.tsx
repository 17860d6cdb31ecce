import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, type Schemas } from '../../api/client'
import { formatEnd } from '../../lib/format'
import { textOf } from '../../lib/language'
import { Row, Rows } from '../Cards'
import { Dialog } from '../Dialog'
import { Facts } from '../Facts'
import { OnDemand, part, preloading } from '../OnDemand'
import { useWrite } from '../useWrite'

const forms = part(() => import('./TieForms'))

type Of = Schemas['TiesPublic']
type Question = Schemas['TieQuestionPublic']

/**
 * Who is tied in a case or said to be, and what the reader can say about it. Nothing where there is nothing to say.
 * `votes`: members vote in it.
 */
export function Ties({
  of,
  me,
  votes,
  raise,
}: {
  of: Of
  me: string | undefined
  votes: boolean
  raise: (given: Schemas['TieRaised']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [open, setOpen] = useState<'raise' | 'dispute'>()
  const name = (one: { name: string | null }) => one.name ?? t`a former user`
  const tied = of.people.filter((one) => one.tied)
  const others = of.people.filter((one) => !one.tied && one.principal_id !== me)
  const disputes = of.own_ties.length > 0 && me !== undefined
  if (of.questions.length === 0 && tied.length === 0 && !of.may_raise && !disputes) return null
  const close = () => setOpen(undefined)
  return (
    <section>
      <Heading variant="h2">{t`Ties`}</Heading>
      <Facts facts={[[t`Takes no part because of a tie`, tied.map(name).join('\n')]]} />
      {of.questions.some((one) => one.standing === 'open') && (
        <InlineAlert labelText={t`There is a question about a tie`}>
          <Trans>It is shown until it is settled and the person has been heard. The case continues meanwhile.</Trans>
        </InlineAlert>
      )}
      <Rows>
        {of.questions.map((one) => (
          <QuestionRow key={one.id} of={one} name={name(one.person)} votes={votes} />
        ))}
      </Rows>
      {of.may_raise && others.length > 0 && (
        <Button
          variant="secondary"
          onClick={() => setOpen('raise')}
          {...preloading(forms)}
        >{t`Say that somebody has a tie`}</Button>
      )}{' '}
      {disputes && (
        <Button
          variant="secondary"
          onClick={() => setOpen('dispute')}
          {...preloading(forms)}
        >{t`Say that your tie does not hold`}</Button>
      )}
      <Dialog
        open={open !== undefined}
        title={open === 'dispute' ? t`Say that your tie does not hold` : t`Say that somebody has a tie`}
        onClose={close}
      >
        {open === 'dispute' && me !== undefined && (
          <OnDemand of={forms}>
            {({ RaiseForm }) => (
              <RaiseForm
                people={[]}
                me={me}
                organisations={of.own_ties}
                votes={votes}
                send={(given) => raise(given).then(close)}
              />
            )}
          </OnDemand>
        )}
        {open === 'raise' && (
          <OnDemand of={forms}>
            {({ RaiseForm }) => (
              <RaiseForm
                people={others}
                organisations={of.applicants}
                votes={votes}
                send={(given) => raise(given).then(close)}
              />
            )}
          </OnDemand>
        )}
      </Dialog>
    </section>
  )
}

function QuestionRow({ of, name, votes }: { of: Question; name: string; votes: boolean }) {
  const { t } = useLingui()
  const [settles, setSettles] = useState(false)
  const [answers, setAnswers] = useState(false)
  const write = useWrite('handlings', 'partner-requests', 'tasks')
  const standing: Record<Question['standing'], string> = {
    open: of.kind === 'alleged' ? t`Said to have a tie` : t`Disputes a tie`,
    tied: t`Has a tie: takes no part`,
    not_tied: t`Has no tie`,
    lapsed: t`Not settled in time`,
  }
  return (
    <Row
      head={name}
      status={standing[of.standing]}
      meta={[
        of.standing === 'open' && t`To be settled by ${formatEnd(of.settle_by)}`,
        of.organisation && t`Applicant: ${textOf(of.organisation.names)}`,
        of.reason,
        of.answer && t`Answer: ${of.answer}`,
        of.settled_reason,
        of.other_reason && t`Another view: ${of.other_reason}`,
        of.standing === 'open' && of.settled_reason && t`Not in effect yet`,
      ]}
    >
      {of.may_answer && (
        <>
          <Button
            variant="secondary"
            onClick={() => setAnswers(true)}
            {...preloading(forms)}
          >{t`Answer the question`}</Button>
          <Dialog open={answers} title={t`Answer the question about your tie`} onClose={() => setAnswers(false)}>
            <OnDemand of={forms}>
              {({ AnswerForm }) => (
                <AnswerForm
                  of={of}
                  votes={votes}
                  send={(body) =>
                    write(
                      api.PUT('/api/v1/tie-questions/{question_id}/answer', {
                        params: { path: { question_id: of.id } },
                        body,
                      }),
                      t`Your answer has been saved.`,
                    ).then(() => setAnswers(false))
                  }
                />
              )}
            </OnDemand>
          </Dialog>
        </>
      )}
      {of.may_settle && (
        <>
          <Button
            variant="secondary"
            onClick={() => setSettles(true)}
            {...preloading(forms)}
          >{t`Settle the question: ${name}`}</Button>
          <Dialog open={settles} title={t`Settle the question about a tie`} onClose={() => setSettles(false)}>
            <OnDemand of={forms}>
              {({ SettleForm }) => (
                <SettleForm
                  of={of}
                  name={name}
                  send={(body) =>
                    write(
                      api.PUT('/api/v1/tie-questions/{question_id}/settlement', {
                        params: { path: { question_id: of.id } },
                        body,
                      }),
                      t`Your view has been saved.`,
                    ).then(() => setSettles(false))
                  }
                />
              )}
            </OnDemand>
          </Dialog>
        </>
      )}
    </Row>
  )
}
