import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { formatDay, formatMoment } from '../../../lib/format'
import { Row, Rows } from '../../../ui/Cards'
import { Section } from '../../../ui/Section'

/** What the authority asked, and what the applicant answered. */
export function Supplements({ of }: { of: Schemas['Supplement'][] }) {
  const { t } = useLingui()
  if (of.length === 0) return null
  return (
    <Section title={t`Supplements`}>
      <Rows>
        {of.map((one) => (
          <Row key={one.asked_at} head={t`Asked ${formatMoment(one.asked_at)}`}>
            <p style={{ whiteSpace: 'pre-line' }}>{one.body}</p>
            {one.answered_at ? (
              <>
                <p>
                  <strong>{t`Answered ${formatMoment(one.answered_at)}`}</strong>
                </p>
                <p style={{ whiteSpace: 'pre-line' }}>{one.answer}</p>
              </>
            ) : (
              <p>
                {one.closed_at
                  ? t`The authority continued without the answer ${formatMoment(one.closed_at)}.`
                  : t`Not answered yet.`}
                {one.answer_by &&
                  !one.closed_at &&
                  ` ${t`Answer by ${formatDay(one.answer_by)}. After that the case may be decided without the answer.`}`}
              </p>
            )}
          </Row>
        ))}
      </Rows>
    </Section>
  )
}
