import { useLingui } from '@lingui/react/macro'
import { query } from '../../../api/client'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { partLabel } from './ConditionParts'
import type { Handling } from './handling'

/** The parts that changed since the puumerkki was given, and whether each may have. */
export function VersionChanges({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/handlings/{handling_id}/changes', {
    params: { path: { handling_id: handling.id } },
  })
  const because = {
    condition: <StatusTag tone="good">{t`A condition concerns it`}</StatusTag>,
    minor: <StatusTag tone="good">{t`Minor by the rulebook`}</StatusTag>,
  }
  return (
    <Loaded query={found}>
      {({ old, new: newest, parts }) =>
        parts.length === 0 ? (
          <p>{t`The application has not changed since the puumerkki was given.`}</p>
        ) : (
          <>
            <p>
              {t`Version ${newest} differs from version ${old} in these parts:`}{' '}
              <Link to={`applications/${handling.application_id}/versions`}>{t`Compare the versions`}</Link>
            </p>
            <ul>
              {parts.map(({ part, within }) => {
                const word = partLabel(part)
                return (
                  <li key={part}>
                    {word ? t(word) : part}{' '}
                    {within ? because[within] : <StatusTag tone="warning">{t`Needs a new decision`}</StatusTag>}
                  </li>
                )
              })}
            </ul>
          </>
        )
      }
    </Loaded>
  )
}
