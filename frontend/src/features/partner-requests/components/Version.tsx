import { Trans, useLingui } from '@lingui/react/macro'
import { Expander, ExpanderContent, ExpanderTitleButton } from 'suomifi-ui-components'
import { query } from '../../../api/client'
import { formatMoment, formatMoney } from '../../../lib/format'
import { language } from '../../../lib/language'
import { ContentView } from '../../../ui/application/ContentView'
import { Facts } from '../../../ui/Facts'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { OnlyIn } from '../../../ui/Texts'

/** The version that is before the authority, whole. */
export function Version({ application, number }: { application: string; number: number }) {
  const { t } = useLingui()
  const version = query.useQuery('get', '/api/v1/applications/{application_id}/versions/{number}', {
    params: { path: { application_id: application, number } },
  })
  const written = query.useQuery('get', '/api/v1/applications/{application_id}', {
    params: { path: { application_id: application } },
  }).data?.language
  return (
    <Section title={t`The application`}>
      <Loaded query={version}>
        {(found) => (
          <>
            <p>
              <Trans>
                Version {number}, submitted {formatMoment(found.submitted_at)}. What is submitted later becomes a new
                version. <Link to={`applications/${application}`}>All of the application</Link>
              </Trans>
            </p>
            <Expander>
              <ExpanderTitleButton>{t`Read version ${number}`}</ExpanderTitleButton>
              <ExpanderContent>
                {written && written !== language() && <OnlyIn lang={written} />}
                <ContentView content={found.content} lang={written === language() ? undefined : written} />
                <Facts
                  facts={[
                    [t`Amount applied for`, formatMoney(found.content.amount_cents)],
                    [
                      t`Whom to ask`,
                      (found.private?.contact_persons ?? [])
                        .map((one) => [one.name, one.role, one.email, one.phone].filter(Boolean).join(', '))
                        .join('\n'),
                    ],
                  ]}
                />
              </ExpanderContent>
            </Expander>
          </>
        )}
      </Loaded>
    </Section>
  )
}
