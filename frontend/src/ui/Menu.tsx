import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { IconChevronDown, VisuallyHidden } from 'suomifi-ui-components'
import styles from './Menu.module.css'

interface Choice {
  name: string
  run: () => unknown
  /** Of a name in another language than the page. */
  lang?: string
  /** Whether it holds now, where the menu is of alternatives. */
  chosen?: boolean
  /** Set apart from those above it. */
  apart?: boolean
}

const itemsOf = (list: HTMLElement | null) => [...(list?.querySelectorAll('button') ?? [])]

/**
 * A button with a menu below it, by the pattern of WAI-ARIA (menu button): arrows, Home and End move, Escape closes and
 * gives the focus back to the button. `label`: what the button is called, where its text does not say it;
 * `purpose`: what it is for, said after its text to those who do not see it.
 * `short`: in place of the text on a phone.
 */
export function Menu({
  text,
  short,
  label,
  purpose,
  choices,
}: {
  text: string
  short?: string
  label?: string
  purpose?: string
  choices: Choice[]
}) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!open) return
    const all = itemsOf(list.current)
    const now = all.find((one) => one.ariaChecked === 'true') ?? all[0]
    now?.focus()
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const move = (event: KeyboardEvent) => {
    const all = itemsOf(list.current)
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Escape') close()
    else if (to !== undefined) all.at(to === all.length ? 0 : to)?.focus()
    else return
    event.preventDefault()
  }
  const left = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false)
  }
  return (
    <div className={styles.menu}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        aria-label={label}
        // the focus stays in the list: else pressing the button would close it before the click does
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (open ? close() : setOpen(true))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <span className={short && styles.long}>{text}</span>
        {short && <span className={styles.short}>{short}</span>}
        {purpose && <VisuallyHidden>, {purpose}</VisuallyHidden>}
        <IconChevronDown />
      </button>
      <div
        id={id}
        ref={list}
        className={styles.list}
        role="menu"
        aria-label={label ?? text}
        tabIndex={-1}
        hidden={!open}
        onBlur={left}
        onKeyDown={move}
      >
        {choices.map(({ name, run, lang, chosen, apart }) => (
          <button
            key={name}
            type="button"
            tabIndex={-1}
            {...(chosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': chosen })}
            lang={lang}
            className={apart ? styles.apart : undefined}
            onClick={() => {
              close()
              run()
            }}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  )
}
