import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { today } from '../../../lib/today'
import { useArrived } from '../../../lib/urlState'
import { Actions } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { formsOf } from '../../../ui/OnDemand'
import { useWrite, withVersion } from '../../../ui/useWrite'

const formOf = formsOf(() => import('./caseForms'))

type Decides = Schemas['Decision']['outcome']

/** What the reader can do with a case now. */
export function CaseActions({ of }: { of: Schemas['PartnerRequestPublic'] }) {
  const { t } = useLingui()
  const write = useWrite('partner-requests', 'applications', 'tasks')
  const arrival = useArrived()
  const params = { path: { request_id: of.id }, header: withVersion(of.version) }
  const confirms = of.none_concerns && of.groups_confirmed_at === null
  const ends = of.to_look_at === 'no_longer_asked' || of.to_look_at === 'application_withdrawn'
  const actions = of.available_actions.map((one) =>
    one.blocked_by === 'groups_unconfirmed' ? { ...one, allowed: true, blocked_by: null } : one,
  )
  const begin = (groups_confirmed: boolean) =>
    write(
      api.POST('/api/v1/partner-requests/{request_id}/begin', { params, body: { groups_confirmed } }),
      t`Preparation has begun.`,
    )
  return (
    <Actions
      {...arrival}
      of={actions}
      run={{
        // with the proposed decision
        hand_back: null,
        // with each required puumerkki
        release: null,
        undo: null,
        waive: null,
        begin: {
          label: t`Begin to prepare`,
          ...(confirms
            ? {
                form: (close) => (
                  <Form label={t`Confirm and begin to prepare`} send={() => begin(true).then(close)}>
                    {() => (
                      <p>
                        <Trans>
                          No puumerkki requirement concerns this case. Confirm that the target groups and areas of the
                          application are right. Your name is stored with the case.
                        </Trans>
                      </p>
                    )}
                  </Form>
                ),
              }
            : { onClick: () => begin(false) }),
        },
        propose: {
          label: t`Propose a decision`,
          ...formOf((forms, close) => (
            <forms.DecisionForm
              proposes
              button={t`Send the proposal`}
              from={of.proposal ?? of.former_proposal}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/propose', { params, body }),
                  t`The decision has been proposed. Deciders can see it.`,
                ).then(close)
              }
            />
          )),
        },
        decide: {
          label: t`Decide on the partnership`,
          ends: of.proposal !== null,
          ...formOf((forms, close) => (
            <forms.DecisionForm
              button={t`Record the decision`}
              of={of}
              from={of.proposal}
              send={({ outcome, decided_on, ...more }, knows_of_revocation) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/decide', {
                    params,
                    body: {
                      ...more,
                      outcome: outcome as Decides,
                      decided_on: decided_on ?? today(),
                      knows_of_revocation,
                    },
                  }),
                  t`The decision is recorded.`,
                ).then(close)
              }
            />
          )),
        },
        answer_none: {
          label: t`Answer no`,
          ends: true,
          ...formOf((forms, close) => (
            <forms.NegativeForm
              button={t`Record the answer`}
              from={of.proposal?.outcome === 'none' ? of.proposal : null}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/answer_none', { params, body }),
                  t`The decision is recorded.`,
                ).then(close)
              }
            />
          )),
        },
        not_take_up: {
          label: t`Do not take up`,
          ends: true,
          ...formOf((forms, close) => (
            <forms.NegativeForm
              button={t`Record the answer`}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/not_take_up', { params, body }),
                  t`The decision is recorded.`,
                ).then(close)
              }
            />
          )),
        },
        keep: {
          label: t`Keep the decision`,
          onClick: () =>
            write(api.POST('/api/v1/partner-requests/{request_id}/keep', { params }), t`The decision stays as it is.`),
        },
        reopen: {
          label: t`Take the case up again`,
          form: (close) => (
            <Form
              label={t`Take the case up again`}
              secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
              send={() =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/reopen', { params }),
                  t`The case has been taken up again.`,
                ).then(close)
              }
            >
              {() => (
                <p>
                  {ends ? (
                    <Trans>
                      The application no longer asks the authority, so the case ends. The decision is stored among the
                      former decisions.
                    </Trans>
                  ) : (
                    <Trans>
                      The case arrives again, on the newest version. The decision is stored among the former decisions.
                    </Trans>
                  )}
                </p>
              )}
            </Form>
          ),
        },
        bring: {
          label: t`Add a puumerkki requirement`,
          ends: true,
          ...formOf((forms, close) => (
            <forms.BringForm
              of={of}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/bring', { params, body }),
                  t`The requirement has been added. The applicant and the network can see it.`,
                ).then(close)
              }
            />
          )),
        },
        name_preparer: {
          label: t`Name who prepares`,
          ...formOf((forms, close) => (
            <forms.PreparerForm
              of={of}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/name_preparer', { params, body }),
                  t`The change has been saved.`,
                ).then(close)
              }
            />
          )),
        },
        ask_supplement: {
          label: t`Ask for a supplement`,
          ...formOf((forms, close) => (
            <forms.SupplementForm
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/ask_supplement', { params, body }),
                  t`The applicant has been asked.`,
                ).then(close)
              }
            />
          )),
        },
        answer_supplement: {
          label: t`Answer the authority`,
          ...formOf((forms, close) => (
            <forms.TextForm
              label={t`Your answer`}
              button={t`Send the answer`}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/answer_supplement', { params, body: { body } }),
                  t`The answer has been sent.`,
                ).then(close)
              }
            />
          )),
        },
        close_supplement: {
          label: t`Go on without the answer`,
          onClick: () =>
            write(
              api.POST('/api/v1/partner-requests/{request_id}/close_supplement', { params }),
              t`Preparation continues without the answer.`,
            ),
        },
        refer_to_network: {
          label: t`Refer to the network`,
          onClick: () =>
            write(
              api.POST('/api/v1/partner-requests/{request_id}/refer_to_network', { params }),
              t`The applicant has been told that the puumerkki comes first.`,
            ),
        },
        recall: {
          label: t`Take back from preparation`,
          form: (close) => (
            <Form
              label={t`Take back from preparation`}
              secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
              send={() =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/recall', { params }),
                  t`The authority’s preparation has ended.`,
                ).then(close)
              }
            >
              {() => (
                <p>
                  <Trans>The authority stops preparing. It can begin again later.</Trans>
                </p>
              )}
            </Form>
          ),
        },
      }}
    />
  )
}
