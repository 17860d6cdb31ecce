import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { inLanguage, textOf } from '../../lib/language'
import { toneOf } from '../../lib/tones'
import { Row, Rows } from '../Cards'
import { Link } from '../Link'
import { StatusTag } from '../StatusTag'

/** Reports with their state; `titled`: with what they are on, where the page does not say it. */
export function ReportRows({ of, titled }: { of: Schemas['ReportListed'][]; titled?: boolean }) {
  const { t } = useLingui()
  return (
    <Rows>
      {of.map((one) => {
        const title = inLanguage(one.subject_title)
        return (
          <Row
            key={one.id}
            head={
              <Link to={`reports/${one.id}`}>
                {one.year} {textOf(one.organisation.names)}
                {titled && (
                  <>
                    : <span lang={title.lang}>{title.text}</span>
                  </>
                )}
              </Link>
            }
            status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.ReportState[one.state])}</StatusTag>}
            meta={[
              one.submitted_at && t`submitted ${formatDay(one.submitted_at)}`,
              one.accepted_at && t`accepted ${formatDay(one.accepted_at)}`,
            ]}
          />
        )
      })}
    </Rows>
  )
}
