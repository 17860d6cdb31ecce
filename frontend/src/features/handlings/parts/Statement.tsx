import { useLingui } from '@lingui/react/macro'
import { Button, Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { agreedHow } from '../../../lib/kinds'
import { textOf } from '../../../lib/language'
import { Facts } from '../../../ui/Facts'
import { type Handling, useHandlingWrite } from './handling'

/** What an advisory network says, and who agreed on it; a member that did not says so. */
export function Statement({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const { statement, agreed } = handling
  if (!statement) return null
  const deny = (member: string) => {
    const params = { path: { handling_id: handling.id, member_id: member } }
    return write(
      api.DELETE('/api/v1/handlings/{handling_id}/statement/agreed/{member_id}', { params }),
      t`Your organisation's name is removed from the statement`,
    )
  }
  return (
    <section>
      <Heading variant="h2">{t`The network's statement`}</Heading>
      <p style={{ whiteSpace: 'pre-line' }}>{statement}</p>
      {agreed && (
        <Facts
          facts={[
            [t`Members that agreed`, agreed.members.map(textOf).join(', ') || '–'],
            [t`How they agreed`, t(agreedHow[agreed.how])],
            [t`Day of agreement`, formatDay(agreed.on)],
          ]}
        />
      )}
      {agreed?.may_deny_for.map((member) => (
        <Button key={member} variant="secondary" onClick={() => deny(member)}>
          {t`Our organisation did not agree`}
        </Button>
      ))}
    </section>
  )
}
