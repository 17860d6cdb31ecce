import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { useTargetGroups } from '../../../lib/targetGroups'
import { ChecksField, DateField, TextArea } from '../../../ui/inputs'
import type { TextPart } from './draft'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { FIELD_LABELS, HINTS } from './labels'

const LONGEST = 20_000

/** Which networks ask for a part; nothing where none does. */
export function useAskedBy() {
  const { t } = useLingui()
  const { askedBy } = useEditing()
  return (part: Schemas['ApplicationPart']) => {
    const networks = askedBy(part).join(', ')
    return networks ? t`Asked by ${networks}.` : ''
  }
}

/** One part that is a text, with what one writes there and who asks for it. */
export function TextPartField({ part }: { part: TextPart }) {
  const { t } = useLingui()
  const { draft, edit, faultOf, askedBy } = useEditing()
  const asked = useAskedBy()
  const hint = HINTS[part]
  return (
    <TextArea
      label={t(FIELD_LABELS[part])}
      hint={[hint && t(hint), asked(part)].filter(Boolean).join(' ')}
      name={part}
      optional={askedBy(part).length === 0}
      value={draft[part]}
      onChange={(now) => edit({ [part]: now })}
      fault={faultOf(part)}
      limit={draft[part].length > LONGEST * 0.9 ? LONGEST : undefined}
    />
  )
}

export function ContentStep() {
  const { t } = useLingui()
  const { application, draft, edit, faultOf, askedBy } = useEditing()
  const asked = useAskedBy()
  const groups = useTargetGroups()
  const { starts_on, ends_on } = draft.duration
  const backwards = starts_on !== null && ends_on !== null && ends_on < starts_on
  return (
    <>
      {application.networks.length === 0 && (
        <p className={styles.asked}>
          <Trans>No network is asked yet. When one is, its rules tell here which parts it needs.</Trans>
        </p>
      )}
      <TextPartField part="purpose" />
      <ChecksField
        label={t(FIELD_LABELS.target_groups)}
        hint={asked('target_groups')}
        name="target_groups"
        optional={askedBy('target_groups').length === 0}
        value={draft.target_groups}
        onChange={(target_groups) => edit({ target_groups })}
        fault={faultOf('target_groups')}
        options={groups.options}
      />
      <TextPartField part="goals" />
      <TextPartField part="methods" />
      <fieldset className={styles.fieldset}>
        <legend>{t(FIELD_LABELS.duration)}</legend>
        <p className={styles.asked}>{asked('duration')}</p>
        <div className={styles.days}>
          <DateField
            label={t`First day`}
            name="duration"
            value={starts_on}
            onChange={(now) => edit({ duration: { starts_on: now, ends_on } })}
            fault={faultOf('duration')}
          />
          <DateField
            label={t`Last day`}
            name="duration/ends_on"
            value={ends_on}
            onChange={(now) => edit({ duration: { starts_on, ends_on: now } })}
            fault={backwards ? { status: 'error', statusText: t`It ends before it begins.` } : undefined}
          />
        </div>
      </fieldset>
      <TextPartField part="partners" />
      <TextPartField part="complements" />
      <TextPartField part="cooperation" />
    </>
  )
}
