import { Trans, useLingui } from '@lingui/react/macro'
import { query } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { Loaded } from '../../../ui/Feedback'
import { Section } from '../../../ui/Section'

/** What the next digest would say, if nothing else happened until then. */
export function NextDigest() {
  const { t } = useLingui()
  const digest = query.useQuery('get', '/api/v1/next-digest', {})
  return (
    <Section title={t`Your next digest`}>
      <Loaded query={digest}>
        {({ day, subject, text }) =>
          subject === null ? (
            <p>
              <Trans>There is nothing for the digest of {formatDay(day)} so far. An empty digest is not sent.</Trans>
            </p>
          ) : (
            <>
              <p>
                <strong>{subject}</strong>
              </p>
              <div style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{text}</div>
            </>
          )
        }
      </Loaded>
    </Section>
  )
}
