import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { accessibilityContact } from '../../api/config'
import { formatDay } from '../../lib/format'
import { Page } from '../../ui/Page'

const MADE_ON = '2026-11-23'

/** The statement that the act on digital services (306/2019) asks of public services. */
export default function AccessibilityPage() {
  const { t } = useLingui()
  const contact = accessibilityContact()
  return (
    <Page title={t`Accessibility statement`}>
      <p>
        <Trans>
          This statement is about the service Puumerkki. The act on the provision of digital services (306/2019) asks
          that public services can be used by everybody.
        </Trans>
      </p>
      <Heading variant="h2">{t`How accessible the service is`}</Heading>
      <p>
        <Trans>
          The service aims to meet the criteria of WCAG 2.2 on level AA. Its pages are checked by machine at every
          change, and by keyboard and screen reader at larger ones. We know of no content that does not meet the
          criteria. Attachments are made by those who add them and may not be accessible.
        </Trans>
      </p>
      <Heading variant="h2">{t`Did you notice something that does not work?`}</Heading>
      <p>
        <Trans>Tell the organisation that runs this service. It answers within two weeks.</Trans>{' '}
        {contact ? (
          <>
            <Trans>Contact:</Trans> <a href={contact.includes('://') ? contact : `mailto:${contact}`}>{contact}</a>
          </>
        ) : (
          <Trans>Its contact details are on its own site.</Trans>
        )}
      </p>
      <Heading variant="h2">{t`Supervision`}</Heading>
      <p>
        <Trans>
          If you are not content with the answer, or get none within two weeks, you can make a complaint to the Finnish
          Transport and Communications Agency Traficom, which supervises accessibility:
        </Trans>{' '}
        <a href="https://www.saavutettavuusvaatimukset.fi">saavutettavuusvaatimukset.fi</a>
      </p>
      <p>
        <Trans>This statement was made on {formatDay(MADE_ON)}.</Trans>
      </p>
    </Page>
  )
}
