import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { isOperator, useMe } from '../../../lib/me'
import { Empty, Skeleton } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Page } from '../../../ui/Page'
import { Tabs } from '../../../ui/Tabs'

interface Part {
  title: string
  lead?: ReactNode
  /** Whether it is also for this one of those who do not run the service. */
  open?: boolean
  /** Whom it is for. */
  whose?: ReactNode
  children: ReactNode
}

/** A page of the operators' part, with the way to the others. */
export function Operation({ title, lead, open, whose, children }: Part) {
  const { t } = useLingui()
  const me = useMe()
  const operator = isOperator(me)
  if (me === undefined)
    return (
      <Page title={title}>
        <Skeleton />
      </Page>
    )
  if (!operator && open)
    return (
      <Page title={title} lead={lead}>
        {children}
      </Page>
    )
  if (!operator)
    return (
      <Page title={title}>
        <Empty action={<Link to="work">{t`My work`}</Link>}>
          {whose ?? <Trans>This part is for those who run the service.</Trans>}
        </Empty>
      </Page>
    )
  return (
    <Page title={title} lead={lead}>
      <Tabs
        label={t`Operation`}
        tabs={[
          { to: 'audit', label: t`Events` },
          { to: 'audit/seals', label: t`Seals` },
          { to: 'audit/access', label: t`Looks into cases` },
          { to: 'audit/users', label: t`People` },
          { to: 'imports', label: t`Imports` },
        ]}
      />
      {children}
    </Page>
  )
}
