import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Fragment, type KeyboardEvent, useId, useState } from 'react'
import { VisuallyHidden } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import type { Faulty } from '../Form'
import { TextArea } from '../inputs'
import styles from './Mentions.module.css'
import { begunName, piecesOf, withName } from './mentioning'

type Person = Schemas['MentionablePublic']

/** What a comment says, with the names of those whom it names. */
export function Said({ comment }: { comment: Schemas['CommentPublic'] }) {
  const { t } = useLingui()
  return piecesOf(comment).map(({ said, name }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have nothing but their order
    <Fragment key={place}>{name === undefined ? said : <strong>@{name || t`Somebody who has left`}</strong>}</Fragment>
  ))
}

/**
 * A text in which people can be named: after `@`, those who read it are offered below. The text keeps the focus, as the
 * pattern of a combobox has it: arrows choose, Enter or Tab takes, Escape closes.
 */
export function MentionArea(field: {
  label: string
  value: string
  onChange: (value: string) => void
  named: Map<string, string>
  on: { kind: string; id: string }
  audience: Schemas['Audience']
  fault?: Faulty
}) {
  const { t } = useLingui()
  const id = useId()
  const [cursor, setCursor] = useState(0)
  const [active, setActive] = useState(0)
  const [closed, setClosed] = useState(true)
  const begun = closed ? undefined : begunName(field.value, cursor)
  const asked = { subject_kind: field.on.kind, subject_id: field.on.id, audience: field.audience, q: begun ?? '' }
  const { data } = query.useQuery(
    'get',
    '/api/v1/comments/mentionable',
    { params: { query: asked } },
    { enabled: begun !== undefined },
  )
  const people = begun === undefined ? [] : (data?.items ?? [])
  const chosen = people[Math.min(active, people.length - 1)]
  const take = (person: Person, area: HTMLTextAreaElement) => {
    const name = nameOf(person, field.named)
    field.named.set(name, person.id)
    const [text, at] = withName(field.value, area.selectionStart, name)
    field.onChange(text)
    setClosed(true)
    requestAnimationFrame(() => {
      area.focus()
      area.setSelectionRange(at, at)
    })
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (chosen === undefined) return
    const moved = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (moved !== undefined) setActive((people.indexOf(chosen) + moved + people.length) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen, event.currentTarget)
    else if (event.key === 'Escape') setClosed(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const optionId = (person: Person) => `${id}-${person.id}`
  return (
    <div className={styles.field}>
      <TextArea
        label={field.label}
        hint={t`To name somebody, type @ and the beginning of the name.`}
        name="body"
        value={field.value}
        onChange={(text) => {
          field.onChange(text)
          setClosed(false)
          setActive(0)
        }}
        fault={field.fault}
        typing={{
          id: `${id}-text`,
          onKeyDown: press,
          onSelect: (event) => setCursor(event.currentTarget.selectionStart),
          onBlur: () => setClosed(true),
          'aria-autocomplete': 'list',
          'aria-controls': chosen && `${id}-people`,
          'aria-activedescendant': chosen && optionId(chosen),
        }}
      />
      <VisuallyHidden>
        <span role="status">
          {people.length > 0 && t`${plural(people.length, { one: '# person to name', other: '# people to name' })}`}
        </span>
      </VisuallyHidden>
      {chosen && (
        <div role="listbox" id={`${id}-people`} aria-label={t`People to name`} className={styles.people}>
          {people.map((person) => (
            <div
              key={person.id}
              id={optionId(person)}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              className={styles.person}
              // the text keeps the focus
              onMouseDown={(event) => {
                event.preventDefault()
                take(person, document.getElementById(`${id}-text`) as HTMLTextAreaElement)
              }}
            >
              {person.name} <span className={styles.of}>{textOf(person.organisation_names) || roleOf(person, t)}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

const roleOf = ({ role }: Person, t: ReturnType<typeof useLingui>['t']) => role && t(enumLabels.Role[role])

/** The name by which a text names somebody; with the organisation where it names somebody else of that name. */
function nameOf(person: Person, named: ReadonlyMap<string, string>): string {
  const name = person.name ?? ''
  const other = named.get(name)
  return other === undefined || other === person.id ? name : `${name} (${textOf(person.organisation_names)})`
}
