import styles from './Steps.module.css'

interface Step {
  id: string
  label: string
  done: boolean
}

/** Steps of a long form, side by side; each can be gone to at any time. */
export function Steps({
  label,
  steps,
  current,
  onGo,
}: {
  label: string
  steps: Step[]
  current: string
  onGo: (id: string) => void
}) {
  return (
    <nav aria-label={label}>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.id}>
            <button
              type="button"
              data-done={step.done}
              aria-current={step.id === current ? 'step' : undefined}
              onClick={() => onGo(step.id)}
            >
              {step.label}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
