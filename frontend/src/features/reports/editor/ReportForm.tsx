import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask, newKey, problemOf } from '../../../api/client'
import { type Faulty, Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { Leaving } from '../../../ui/Leaving'
import { inApp, Link } from '../../../ui/Link'
import { RowsEditor } from '../../../ui/RowsEditor'
import { withVersion } from '../../../ui/write'
import styles from '../parts/Reports.module.css'
import { type Report, useReportWrite } from '../parts/report'
import { HINTS, SECTIONS, type TextSection } from '../parts/words'
import { Clashes, type Met } from './Clashes'
import { Contributions } from './Contributions'
import { type Draft, draftOf, merged, type StoryRow, updateOf } from './draft'
import { Figures } from './Figures'
import { useDraftFaults } from './faults'

/** The parts, and how a part is changed. */
export interface Writing {
  draft: Draft
  edit: (changed: Partial<Draft>) => void
  faultOf: (pointer: string) => Faulty
}

/**
 * What a report says in one form. It is saved as the version that the writing began with: where somebody else saved
 * meanwhile, theirs is taken over where nothing was typed here, and what both changed is told before it is replaced.
 */
export function ReportForm({ report }: { report: Report }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useReportWrite()
  const [base, setBase] = useState(() => ({ draft: draftOf(report.content), version: report.version }))
  const [draft, setDraft] = useState(base.draft)
  const [met, setMet] = useState<Met>()
  const [saved, setSaved] = useState(false)
  const check = useDraftFaults()
  const edit = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  const content = updateOf(base.draft, draft)
  const unsaved = Object.keys(content).length > 0

  async function send() {
    const params = { path: { report_id: report.id }, header: withVersion(base.version) }
    try {
      if (unsaved)
        await write(api.PATCH('/api/v1/reports/{report_id}', { params, body: { content } }), t`The report is saved.`)
    } catch (error) {
      if (problemOf(error).status === 412) await takeOver()
      throw error
    }
    setSaved(true)
    await navigate({ to: inApp(`reports/${report.id}`).path, ignoreBlocker: true })
  }

  async function takeOver() {
    const fresh = await ask(api.GET('/api/v1/reports/{report_id}', { params: { path: { report_id: report.id } } }))
    const theirs = draftOf(fresh.content)
    const found = merged(base.draft, draft, theirs)
    setBase({ draft: theirs, version: fresh.version })
    setDraft(found.draft)
    setMet({ clashes: found.clashes, theirs: fresh })
  }

  return (
    <div className={styles.form}>
      <Leaving unsaved={!saved && unsaved} />
      <Form
        send={send}
        label={t`Save`}
        check={() => check(draft)}
        secondary={<Link to={`reports/${report.id}`}>{t`To the report`}</Link>}
      >
        {(faultOf) => (
          <>
            {met && <Clashes of={met} />}
            <Fields draft={draft} edit={edit} faultOf={faultOf} />
          </>
        )}
      </Form>
    </div>
  )
}

function Fields(writing: Writing) {
  const { t } = useLingui()
  const { draft, edit, faultOf } = writing
  const area = (part: TextSection, optional = true) => (
    <TextArea
      label={t(SECTIONS[part])}
      hint={HINTS[part] && t(HINTS[part])}
      name={`content/${part}`}
      value={draft[part]}
      onChange={(now) => edit({ [part]: now })}
      fault={faultOf(`/content/${part}`)}
      optional={optional}
    />
  )
  return (
    <>
      {area('activities', false)}
      <Figures {...writing} />
      <Contributions {...writing} />
      <RowsEditor
        label={t(SECTIONS.stories)}
        add={t`Add a story`}
        rows={draft.stories}
        blank={(): StoryRow => ({ key: newKey(), text: '' })}
        titleOf={(_, place) => t`Story ${place + 1}`}
        onChange={(stories) => edit({ stories })}
      >
        {(row, change, place) => (
          <div className={styles.whole}>
            <TextArea
              label={t`Story ${place + 1}`}
              hint={t`What somebody told or you saw. Leave out names and whatever tells who it is about.`}
              name={`content/stories/${place}`}
              value={row.text}
              onChange={(text) => change({ text })}
              fault={faultOf(`/content/stories/${place}`)}
            />
          </div>
        )}
      </RowsEditor>
      {area('problems')}
      {area('plans')}
    </>
  )
}
