import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { problemOf } from '../../api/client'
import { Autosave } from '../../lib/drafts/autosave'
import type { Payload } from '../../lib/drafts/payload'
import { type Faults, type Faulty, Form } from '../Form'
import { Leaving } from '../Leaving'
import { inApp, Link } from '../Link'
import { Clashes } from './Clashes'
import styles from './Drafts.module.css'
import { useKeptDraft } from './useKeptDraft'

/** What the fields of a form need. */
export interface Writing<D> {
  draft: D
  edit: (changed: Partial<D>) => void
  faultOf: (pointer: string) => Faulty
}

interface Shared<T, D> {
  known: T
  draftOf: (known: T) => D
  sent: Payload<D>
  /** Saves the named parts; the thing after it. */
  save: (draft: D, parts: (keyof D)[], version: number) => Promise<T>
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
export function SharedForm<T extends { version: number }, D extends object>(of: Shared<T, D>) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [met, setMet] = useState<{ parts: (keyof D)[]; theirs: T }>()
  const [saving] = useState(() => {
    const heldOf = (thing: T) => ({ draft: of.draftOf(thing), version: thing.version })
    return new Autosave<D>(
      {
        byHand: true,
        shapes: of.sent,
        savable: (draft) => draft,
        send: async (draft, parts, version) => (await of.save(draft, parts, version)).version,
        fetch: async () => {
          const theirs = await of.load()
          setMet({ parts: [], theirs })
          return heldOf(theirs)
        },
        understand: (error) => ({ kind: problemOf(error).status === 412 ? 'stale' : 'other' }),
      },
      heldOf(of.known),
    )
  })
  const { draft } = useSyncExternalStore(saving.subscribe, saving.snapshot)

  const kept = useKeptDraft(saving, () => {
    const { clashes } = saving.snapshot()
    if (clashes.length > 0) setMet({ parts: clashes.map((one) => one.field), theirs: of.known })
  })

  async function send() {
    // they were told: what is saved now replaces theirs
    for (const clash of saving.snapshot().clashes) saving.choose(clash, 'mine')
    if (await saving.flush()) return navigate({ to: inApp(of.to).path, ignoreBlocker: true })
    const { clashes, error } = saving.snapshot()
    setMet((before) => before && { ...before, parts: clashes.map((one) => one.field) })
    throw error
  }

  return (
    <div className={styles.form}>
      <Leaving unsaved={!saving.clean()} />
      {kept}
      <Form
        send={send}
        label={t`Save`}
        check={() => of.check(draft)}
        secondary={<Link to={of.to}>{of.back}</Link>}
        keeps={false}
      >
        {(faultOf) => (
          <>
            {met && <Clashes some={met.parts.length > 0}>{of.clashes(met.parts, met.theirs)}</Clashes>}
            {of.children({ draft, edit: saving.edit, faultOf })}
          </>
        )}
      </Form>
    </div>
  )
}
