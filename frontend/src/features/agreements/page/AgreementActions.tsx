import { useLingui } from '@lingui/react/macro'
import { useArrived } from '../../../lib/urlState'
import { Actions } from '../../../ui/Actions'
import { Link } from '../../../ui/Link'
import { formsOf } from '../../../ui/OnDemand'
import type { Agreement } from '../components/agreement'

const formOf = formsOf(() => import('./stepForms'))

const TOLD = ['agreement_incomplete', 'period_ended', 'recorded_by_you']

/**
 * What can be done with the agreement; of what cannot, only what one can do something about is told. `next`: the
 * number of the version that is proposed next.
 */
export function AgreementActions({ agreement, next }: { agreement: Agreement; next: number }) {
  const { t } = useLingui()
  const arrival = useArrived()
  const told = agreement.available_actions.filter((one) => one.allowed || TOLD.includes(one.blocked_by ?? ''))
  return (
    <>
      {agreement.editable && (
        <p>
          <Link to={`agreements/${agreement.id}/edit`}>{t`Write the agreement`}</Link>
        </p>
      )}
      <Actions
        {...arrival}
        of={told}
        run={{
          propose: {
            label: t`Propose to be signed`,
            ...formOf((of, close) => <of.ProposeForm agreement={agreement} next={next} close={close} />),
          },
          sign: { label: t`Sign`, ...formOf((of, close) => <of.SignForm agreement={agreement} close={close} />) },
          record: {
            label: t`Record as signed on paper`,
            ...formOf((of, close) => <of.RecordForm agreement={agreement} close={close} />),
          },
          confirm_record: {
            label: t`Confirm the recorded agreement`,
            ...formOf((of, close) => <of.ConfirmForm agreement={agreement} close={close} />),
          },
          dispute_record: {
            ends: true,
            label: t`Dispute the recorded agreement`,
            ...formOf((of, close) => <of.DisputeForm agreement={agreement} close={close} />),
          },
          renew: {
            label: t`Draft what goes on from it`,
            ...formOf((of, close) => <of.RenewForm agreement={agreement} close={close} />),
          },
          withdraw: {
            ends: true,
            label: t`Take the amendment back`,
            ...formOf((of, close) => <of.WithdrawForm agreement={agreement} close={close} />),
          },
          cancel: {
            ends: true,
            label: t`Cancel the agreement`,
            ...formOf((of, close) => <of.CancelForm agreement={agreement} close={close} />),
          },
          terminate: {
            ends: true,
            label: t`Terminate the agreement`,
            ...formOf((of, close) => <of.TerminateForm agreement={agreement} close={close} />),
          },
        }}
      />
    </>
  )
}
