import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef } from 'react'
import { Block, Heading } from 'suomifi-ui-components'
import { Link } from '../../../ui/Link'
import styles from './Wizard.module.css'

export type Step = 'file' | 'columns' | 'rows' | 'result'

/** The steps of an import; those that can be gone to are links. */
export function ImportSteps({ current, places }: { current: Step; places: Partial<Record<Step, string>> }) {
  const { t } = useLingui()
  const steps: [Step, string][] = [
    ['file', t`File`],
    ['columns', t`Columns`],
    ['rows', t`Trial run`],
    ['result', t`Result`],
  ]
  return (
    <nav aria-label={t`Steps of the import`}>
      <ol className={styles.steps}>
        {steps.map(([step, label]) => {
          const to = step === current ? undefined : places[step]
          return (
            <li key={step} aria-current={step === current ? 'step' : undefined}>
              {to ? <Link to={to}>{label}</Link> : label}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** What the import asks for now. When another stage comes, the focus goes to its heading. */
export function Stage({ of, title, children }: { of: string; title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null as unknown as HTMLHeadingElement)
  const was = useRef(of)
  useEffect(() => {
    if (was.current === of) return
    was.current = of
    heading.current?.focus()
  }, [of])
  return (
    <section className={styles.stage} aria-label={title}>
      <Heading variant="h2" tabIndex={-1} forwardedRef={heading}>
        {title}
      </Heading>
      <Block mt="s">{children}</Block>
    </section>
  )
}
