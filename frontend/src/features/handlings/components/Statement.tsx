import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { useMembers } from '../../../lib/members'
import { Actions } from '../../../ui/Actions'
import { Facts } from '../../../ui/Facts'
import { type Handling, useHandlingWrite } from './handling'
import { SureForm } from './ReasonForm'

/** What an advisory network says, and who agreed on it; a member that did not says so. */
export function Statement({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const members = useMembers(handling.network_id)
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
            [t`How they agreed`, t(enumLabels.AgreedHow[agreed.how])],
            [t`Day of agreement`, formatDay(agreed.on)],
          ]}
        />
      )}
      {agreed?.may_deny_for.map((member) => (
        <Actions
          key={member}
          about={members.name(member)}
          of={[{ action: 'deny', allowed: true, blocked_by: null }]}
          run={{
            deny: {
              label: t`Our organisation did not agree`,
              ends: true,
              form: (close) => (
                <SureForm
                  label={t`Our organisation did not agree`}
                  send={async () => {
                    await deny(member)
                    close()
                  }}
                >
                  {t`Your organisation's name is removed from the statement. This cannot be undone.`}
                </SureForm>
              ),
            },
          }}
        />
      ))}
    </section>
  )
}
