import { useLingui } from '@lingui/react/macro'
import { api, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import type { Runs } from '../../../ui/Actions'
import { formsOf } from '../../../ui/OnDemand'
import { type Handling, step, useHandlingWrite, type WAYS } from './handling'

type WayToRevoke = (typeof WAYS)[Schemas['RevocationWay']]
/** What is done with a handling, as its page has it: the three ways to revoke are one button. */
export type HandlingStep = Exclude<Schemas['HandlingAction'], WayToRevoke> | 'revoke'

/** The forms of all steps, fetched when one is about to be opened. */
export const formsOfSteps = formsOf(() => import('./stepForms'))

/** Steps about a puumerkki that was given: to revoke it, to hear the applicant, to extend it. */
export function useEndorsementSteps(handling: Handling) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const at = step(handling)
  const then = (close: () => void, call: () => Promise<unknown>) => async () => {
    await call()
    close()
  }
  return {
    annul_ballot: {
      ends: true,
      label: t`Propose annulling the ballot`,
      ...formsOfSteps((of, close) => <of.AnnulForm handling={handling} close={close} />),
    },
    confirm_annulment: {
      ends: true,
      label: t`Confirm the annulment, as the second person`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Annul the ballot`}
          send={then(close, () =>
            write(api.POST('/api/v1/handlings/{handling_id}/annulment/confirm', at), t`The ballot is annulled`),
          )}
        >
          {handling.state === 'endorsed'
            ? t`The votes no longer count, and the puumerkki remains valid. Revoking it can be proposed again.`
            : t`The votes no longer count, and the handling goes back to review. The reason is shown with the ballot.`}
        </of.SureForm>
      )),
    },
    drop_annulment: {
      label: t`Do not annul the ballot`,
      onClick: () =>
        write(api.POST('/api/v1/handlings/{handling_id}/annulment/drop', at), t`The proposal has been dropped`),
    },
    settle_claim: {
      label: t`Say whether the conditions are met, as the second person`,
      ...formsOfSteps((of, close) => <of.SettleForm handling={handling} close={close} />),
    },
    drop_claim: {
      label: t`Withdraw that conditions are met`,
      ends: true,
      onClick: () =>
        write(api.POST('/api/v1/handlings/{handling_id}/conditions_claim/drop', at), t`The conditions are open again`),
    },
    confirm_recorded: {
      label: t`Say whether the recorded votes were given so`,
      ...formsOfSteps((of, close) => <of.RecordedForm handling={handling} close={close} />),
    },
    ask_for_ballot: {
      label: t`Ask for a ballot`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Ask for a ballot`}
          send={then(close, () =>
            write(api.POST('/api/v1/handlings/{handling_id}/ask_for_ballot', at), t`The network has been asked`),
          )}
        >
          {handling.state === 'returned'
            ? t`The network handles this version as it is, and cannot return it again. If it votes, the ballot opens automatically after a week, or after the handling days.`
            : t`The network can open the ballot at once. Otherwise it opens automatically after a week.`}
        </of.SureForm>
      )),
    },
    revoke: {
      ends: true,
      label: t`Propose revoking the puumerkki`,
      ...formsOfSteps((of, close) => <of.RevokeForm handling={handling} close={close} />),
    },
    ask_again: {
      label: t`Ask the network again`,
      onClick: () =>
        write(
          api.POST('/api/v1/handlings/{handling_id}/ask_again', at),
          t`The network has the same version before it again`,
        ),
    },
    state_view: {
      label: t`Give your view on revoking`,
      ...formsOfSteps((of, close) => <of.ViewForm handling={handling} close={close} />),
    },
    confirm_revocation: {
      ends: true,
      label: t`Confirm the revoking, as the second person`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Revoke the puumerkki`}
          send={then(close, () =>
            write(
              api.POST('/api/v1/handlings/{handling_id}/revocation/confirm', at),
              t`The puumerkki has been revoked`,
            ),
          )}
        >
          {t`The puumerkki is revoked at once. The reason is shown in the public register.`}
        </of.SureForm>
      )),
    },
    drop_revocation: {
      label: t`Do not revoke`,
      ...formsOfSteps((of, close) => (
        <of.ReasonForm
          label={t`Do not revoke`}
          field={t`Why`}
          optional
          send={async (reason) => {
            const body = { reason: reason || null }
            await write(
              api.POST('/api/v1/handlings/{handling_id}/revocation/drop', { ...at, body }),
              t`The puumerkki stays in force`,
            )
            close()
          }}
        />
      )),
    },
    prolong: {
      label: t`Propose extending the validity`,
      ...formsOfSteps((of, close) => <of.ProlongForm handling={handling} close={close} />),
    },
    confirm_prolongation: {
      label: t`Confirm the extension, as the second person`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Extend the validity`}
          send={then(close, () =>
            write(
              api.POST('/api/v1/handlings/{handling_id}/prolongation/confirm', at),
              t`The validity has been extended`,
            ),
          )}
        >
          {t`New last day of validity: ${formatDay(handling.prolongation?.valid_until ?? null)}`}
        </of.SureForm>
      )),
    },
    drop_prolongation: {
      label: t`Do not extend`,
      onClick: () =>
        write(api.POST('/api/v1/handlings/{handling_id}/prolongation/drop', at), t`The proposal has been dropped`),
    },
  } satisfies Partial<Runs<HandlingStep>>
}
