import { useLingui } from '@lingui/react/macro'
import { api, type Schemas } from '../../../api/client'
import type { Runs } from '../../../ui/Actions'
import { formsOf } from '../../../ui/OnDemand'
import { at, type Filing, useFilingWrite } from './step'

const formOf = formsOf(() => import('./stepForms'))

/** Everything one does with a filing, by the names of the workflow. */
export function useFilingActions(filing: Filing): Runs<Schemas['FilingAction'] | 'update'> {
  const { t } = useLingui()
  const write = useFilingWrite()
  const params = at(filing)
  const ofReport = filing.report_by ? t`Change the day of the report` : t`Add the day of the report`
  const ofDecision = filing.state === 'filed' ? t`Change the day of the decision` : ofReport
  const updates = filing.state === 'planned' ? t`Change the plan` : ofDecision
  return {
    update: {
      label: updates,
      ...formOf((of, close) =>
        filing.state === 'planned' ? (
          <of.PlanForm application={filing.application_id} filing={filing} close={close} />
        ) : (
          <of.DayForm filing={filing} close={close} />
        ),
      ),
    },
    file: {
      label: t`Record that it was sent`,
      ...formOf((of, close) => <of.FileForm filing={filing} close={close} />),
    },
    grant: {
      label: t`Record that it was granted`,
      ...formOf((of, close) => <of.GrantForm filing={filing} close={close} />),
    },
    refuse: {
      ends: true,
      label: t`Record that it was refused`,
      ...formOf((of, close) => <of.RefuseForm filing={filing} close={close} />),
    },
    change_plan: {
      label: t`Record a change of the plan`,
      ...formOf((of, close) => <of.PlanChangeForm filing={filing} close={close} />),
    },
    report: { label: t`Record the report`, ...formOf((of, close) => <of.ReportForm filing={filing} close={close} />) },
    recover: {
      label: t`Record money to be paid back`,
      ...formOf((of, close) => <of.RecoverForm filing={filing} close={close} />),
    },
    close: {
      ends: true,
      label: t({ message: 'Close', context: 'filing' }),
      onClick: () => write(api.POST('/api/v1/filings/{filing_id}/close', { params }), t`The filing is closed.`),
    },
    withdraw: {
      ends: true,
      label: filing.filed_on === null ? t`Give up the plan` : t`Take it back from the funder`,
      onClick: () => write(api.POST('/api/v1/filings/{filing_id}/withdraw', { params }), t`The filing is withdrawn.`),
    },
  }
}
