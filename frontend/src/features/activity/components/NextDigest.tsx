import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { Row, Rows } from '../../../ui/Cards'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'

type Digest = Schemas['DigestPreview']

/** What the next digest would say, if nothing else happened until then, and what comes later or by no email. */
export function NextDigest() {
  const { t } = useLingui()
  const digest = query.useQuery('get', '/api/v1/next-digest', {})
  return (
    <Section title={t`Your next digest`}>
      <Loaded query={digest}>
        {(found) => (
          <>
            {found.subject === null ? <Nothing day={found.day} /> : <Listed digest={found} />}
            <Others digest={found} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Nothing({ day }: Pick<Digest, 'day'>) {
  return (
    <p>
      <Trans>There is nothing for the digest of {formatDay(day)} so far. An empty digest is not sent.</Trans>
    </p>
  )
}

function Listed({ digest: { subject, items, more } }: { digest: Digest }) {
  const { t } = useLingui()
  return (
    <>
      <p>
        <strong>{subject}</strong>
      </p>
      <Rows>
        {items.map((one) => (
          <Row key={`${one.path} ${one.text}`} head={<Link to={one.path}>{one.text}</Link>} meta={one.details} />
        ))}
      </Rows>
      {more > 0 && <p>{t`${plural(more, { one: '# further thing', other: '# further things' })}`}</p>}
    </>
  )
}

/** Why something new may be missing above. */
function Others({ digest: { monday, next_week, shown_only } }: { digest: Digest }) {
  const { t } = useLingui()
  const day = formatDay(monday)
  return (
    <>
      {next_week > 0 && (
        <p>{t`In the weekly digest of ${day}: ${plural(next_week, { one: '# new thing', other: '# new things' })}`}</p>
      )}
      {shown_only > 0 && (
        <p>{t`Only among your notices, without an email: ${plural(shown_only, { one: '# new thing', other: '# new things' })}`}</p>
      )}
    </>
  )
}
