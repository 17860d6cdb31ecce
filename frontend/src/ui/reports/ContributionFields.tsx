import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { PuttingIn } from '../../lib/contributions'
import { enumLabels } from '../../lib/labels'
import type { Faulty } from '../Form'
import { ChooseField, MoneyField, NumberField, TextField } from '../inputs'

/** The fields of one contribution; `children`: what stands after its amount. `name`: its pointer without the slash. */
export function ContributionFields({
  of,
  change,
  name,
  faultOf,
  children,
}: {
  of: PuttingIn
  change: (changed: Partial<PuttingIn>) => void
  name: string
  faultOf: (pointer: string) => Faulty
  children?: ReactNode
}) {
  const { t } = useLingui()
  return (
    <>
      <ChooseField
        label={t`Kind`}
        name={`${name}/kind`}
        value={of.kind}
        onChange={(kind) => change({ kind: kind as PuttingIn['kind'] })}
        fault={faultOf(`/${name}/kind`)}
        options={Object.entries(enumLabels.PartyContributionKind).map(([value, word]) => ({ value, label: t(word) }))}
      />
      {of.kind === 'money' ? (
        <MoneyField
          label={t`Sum, €`}
          name={`${name}/cents`}
          value={of.cents}
          onChange={(cents) => change({ cents })}
          fault={faultOf(`/${name}/cents`)}
        />
      ) : (
        <NumberField
          label={t`Hours`}
          name={`${name}/hours`}
          value={of.hours}
          onChange={(hours) => change({ hours })}
          fault={faultOf(`/${name}/hours`)}
          optional
        />
      )}
      {children}
      <TextField
        label={t`Budget line`}
        name={`${name}/budget_line`}
        value={of.budget_line}
        onChange={(budget_line) => change({ budget_line })}
        fault={faultOf(`/${name}/budget_line`)}
        optional
      />
      <TextField
        label={t`What it is`}
        name={`${name}/description`}
        value={of.description}
        onChange={(description) => change({ description })}
        fault={faultOf(`/${name}/description`)}
        optional
      />
    </>
  )
}
