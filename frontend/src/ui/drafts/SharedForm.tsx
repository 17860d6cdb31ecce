import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { problemOf } from '../../api/client'
import { merged, type Sent } from '../../lib/merging'
import { type Faults, type Faulty, Form } from '../Form'
import { Leaving } from '../Leaving'
import { inApp, Link } from '../Link'
import { Clashes } from './Clashes'
import styles from './Drafts.module.css'

/** What the fields of a form need. */
export interface Writing<D> {
  draft: D
  edit: (changed: Partial<D>) => void
  faultOf: (pointer: string) => Faulty
}

interface Shared<T, D, B> {
  known: T
  draftOf: (known: T) => D
  sent: Sent<D>
  /** What changed, as the API takes it: what is left out stays. */
  updateOf: (base: D, draft: D) => B
  save: (changes: B, version: number) => Promise<unknown>
  load: () => Promise<T>
  check: (draft: D) => Faults
  /** Where one goes when all is saved, and what the link there says. */
  to: string
  back: string
  /** Of the parts that both changed, theirs. */
  clashes: (parts: (keyof D)[], theirs: T) => ReactNode
  children: (writing: Writing<D>) => ReactNode
}

/**
 * What several people may write, in one form. It is saved as the version that the writing began with: where somebody
 * else saved meanwhile, theirs is taken over where nothing was typed here, and what both changed is told before it is
 * replaced.
 */
export function SharedForm<T extends { version: number }, D extends object, B extends object>(of: Shared<T, D, B>) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [base, setBase] = useState(() => ({ draft: of.draftOf(of.known), version: of.known.version }))
  const [draft, setDraft] = useState(base.draft)
  const [met, setMet] = useState<{ parts: (keyof D)[]; theirs: T }>()
  const [saved, setSaved] = useState(false)
  const edit = (changed: Partial<D>) => setDraft((before) => ({ ...before, ...changed }))
  const changes = of.updateOf(base.draft, draft)
  const unsaved = Object.keys(changes).length > 0

  async function send() {
    try {
      if (unsaved) await of.save(changes, base.version)
    } catch (error) {
      if (problemOf(error).status === 412) await takeOver()
      throw error
    }
    setSaved(true)
    await navigate({ to: inApp(of.to).path, ignoreBlocker: true })
  }

  async function takeOver() {
    const theirs = await of.load()
    const fresh = of.draftOf(theirs)
    const found = merged(of.sent, base.draft, draft, fresh)
    setBase({ draft: fresh, version: theirs.version })
    setDraft(found.draft)
    setMet({ parts: found.clashes, theirs })
  }

  return (
    <div className={styles.form}>
      <Leaving unsaved={!saved && unsaved} />
      <Form send={send} label={t`Save`} check={() => of.check(draft)} secondary={<Link to={of.to}>{of.back}</Link>}>
        {(faultOf) => (
          <>
            {met && <Clashes some={met.parts.length > 0}>{of.clashes(met.parts, met.theirs)}</Clashes>}
            {of.children({ draft, edit, faultOf })}
          </>
        )}
      </Form>
    </div>
  )
}
