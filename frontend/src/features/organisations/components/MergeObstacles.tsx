import { useLingui } from '@lingui/react/macro'
import { InlineAlert } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { Link } from '../../../ui/Link'

const PAGES: Record<string, string> = {
  agreement: 'agreements',
  application: 'applications',
  funding_call: 'calls',
  handling: 'handlings',
  need: 'needs',
  network: 'networks',
  organisation: 'organisations',
  partner_request: 'partner-requests',
  report: 'reports',
}

/** Each reason once, with the things that it is about, of whatever kind. */
export function Obstacles({ label, of }: { label: string; of: Schemas['MergeObstacle'][] }) {
  const { t } = useLingui()
  const codes = [...new Set(of.map((one) => one.code))]
  return (
    <InlineAlert status="error" labelText={label}>
      <ul>
        {codes.map((code) => {
          const same = of.filter((one) => one.code === code)
          return (
            <li key={code}>
              {t(enumLabels.MergeObstacleCode[code])} {same.flatMap((one) => one.identifiers).join(' – ')}
              <Things of={same.flatMap((one) => one.things)} />
            </li>
          )
        })}
      </ul>
    </InlineAlert>
  )
}

/** What was made or changed since: how many of each kind, and those that whoever looks may know of. */
export function Works({ of }: { of: Schemas['MergeWork'][] }) {
  const { t } = useLingui()
  return (
    <ul>
      {of.map((one) => (
        <li key={one.what}>
          {t(enumLabels.MergedThing[one.what])}: {one.count}
          <Things of={one.things} />
        </li>
      ))}
    </ul>
  )
}

function Things({ of }: { of: Schemas['MergeThing'][] }) {
  const { t } = useLingui()
  const shown = of.filter((one) => PAGES[one.kind])
  if (shown.length === 0) return null
  return (
    <ul>
      {shown.map((one, place) => {
        const number = place + 1
        return (
          <li key={one.id}>
            <Link to={`${PAGES[one.kind]}/${one.id}`}>{textOf(one.names) || t`Look at it (${number})`}</Link>
          </li>
        )
      })}
    </ul>
  )
}
