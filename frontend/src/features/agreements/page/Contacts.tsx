import { useLingui } from '@lingui/react/macro'
import { Row, Rows } from '../../../ui/Cards'
import { Section } from '../../../ui/Section'
import { type Agreement, partyName } from '../components/agreement'

/** Whom to ask at each party; nothing where nobody is named. */
export function Contacts({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  if (agreement.contacts.length === 0) return null
  return (
    <Section title={t`Contact persons`}>
      <Rows>
        {agreement.contacts.map((one) => (
          <Row
            key={`${one.organisation_id} ${one.name}`}
            head={one.name}
            meta={[partyName(agreement, one.organisation_id), one.deputy && t`deputy`, one.email, one.phone]}
          />
        ))}
      </Rows>
    </Section>
  )
}
