import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { useMunicipalities } from '../../../lib/municipalities'
import { Failure } from '../../../ui/Feedback'
import { RadiosField } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { FIELD_NAMES, FIELDS, fieldName } from './fieldLabels'
import type { ImportRow, Job } from './types'
import { useRowUpdate } from './useRowUpdate'
import { CODES } from './useValues'
import styles from './Wizard.module.css'

type Candidate = Schemas['RowCandidate']

/** A row beside what is much like it, with the choice whether it is the same; no other one where the number is taken. */
export function Near({ of, job, open }: { of: ImportRow; job: Job; open: boolean }) {
  const { t } = useLingui()
  const { update, error } = useRowUpdate(job, of)
  const held = of.decision === 'same' ? (of.same_id ?? '') : (of.decision ?? '')
  const [chosen, setChosen] = useState(held)
  const [was, setWas] = useState(held)
  // another tab, or somebody else, may have chosen meanwhile
  if (was !== held) {
    setWas(held)
    setChosen(held)
  }
  const numbered = job.kind !== 'organisations' || of.findings.some((one) => one.code === 'name_differs')
  const choose = (value: string) => {
    setChosen(value)
    const id = of.candidates.find((one) => one.id === value)?.id
    const given: Schemas['ImportRowUpdate'] = id
      ? { decision: 'same', same: id }
      : { decision: value as 'another' | 'skip' }
    return update(given, t`Your choice has been saved.`)
  }
  return (
    <>
      <div className={styles.sides}>
        <div className={styles.side}>
          <h3>{t`In the file`}</h3>
          <Cells of={of} job={job} />
        </div>
        {of.candidates.map((one) => (
          <div key={one.id} className={styles.side}>
            <h3>{t`Already here`}</h3>
            <Known of={one} />
          </div>
        ))}
      </div>
      {open && (
        <RadiosField
          label={t`Row ${of.row}: which one is it?`}
          name="decision"
          value={chosen}
          onChange={choose}
          options={[
            ...of.candidates.map((one) => ({ value: one.id, label: t`The same: ${textOf(one.names)}` })),
            ...(numbered ? [] : [{ value: 'another', label: t`Another one. It is added.` }]),
            { value: 'skip', label: t`Leave this row out` },
          ]}
        />
      )}
      {error !== undefined && <Failure error={error} />}
    </>
  )
}

function Cells({ of, job }: { of: ImportRow; job: Job }) {
  const { t } = useLingui()
  const cells = { ...of.cells, ...of.corrected }
  return FIELDS[job.kind]
    .filter((field) => cells[field])
    .map((field) => {
      const name = FIELD_NAMES[field]
      return (
        <p key={field}>
          {name ? t(name) : field}: {cells[field]}
        </p>
      )
    })
}

/** What is there, by what a row may say of it, and why it is not simply taken for the same. */
function Known({ of }: { of: Candidate }) {
  const { t } = useLingui()
  const differs = of.differs.map((field) => {
    const name = fieldName(field)
    return name ? t(name) : field
  })
  const sector = of.sector ? CODES.sector?.[of.sector] : undefined
  const municipalities = useMunicipalities()
  return (
    <>
      <p>
        <Link to={`organisations/${of.id}`}>{textOf(of.names)}</Link>
      </p>
      {differs.length > 0 && (
        <p>
          <b>{t`What differs`}:</b> {differs.join(', ')}
        </p>
      )}
      {sector && (
        <p>
          {t`Sector`}: {t(sector)}
        </p>
      )}
      {of.home_municipality_code && (
        <p>
          {t`Home municipality`}: {municipalities.name(of.home_municipality_code)}
        </p>
      )}
      {of.business_id && (
        <p>
          {t`Business ID`}: {of.business_id}
        </p>
      )}
      {of.association_register_number && (
        <p>
          {t`Register number`}: {of.association_register_number}
        </p>
      )}
    </>
  )
}
