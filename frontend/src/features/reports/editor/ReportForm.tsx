import { useLingui } from '@lingui/react/macro'
import { api, ask, newKey } from '../../../api/client'
import { SharedForm } from '../../../ui/drafts/SharedForm'
import { TextArea } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import { withVersion } from '../../../ui/useWrite'
import { HINTS, SECTIONS, type TextSection } from '../components/labels'
import styles from '../components/Reports.module.css'
import { type Report, useReportWrite } from '../components/report'
import { ReportText } from '../page/ReportText'
import { Contributions } from './Contributions'
import { draftOf, SENT, type StoryRow, updateOf, type Writing } from './draft'
import { Figures } from './Figures'
import { useDraftFaults } from './faults'

/** What a report says in one form. */
export function ReportForm({ report }: { report: Report }) {
  const { t } = useLingui()
  const write = useReportWrite()
  const check = useDraftFaults()
  const path = { report_id: report.id }
  return (
    <SharedForm
      known={report}
      draftOf={({ content }) => draftOf(content)}
      sent={SENT}
      save={(draft, sections, version) => {
        const params = { path, header: withVersion(version) }
        const body = { content: updateOf(draft, sections) }
        return write(api.PATCH('/api/v1/reports/{report_id}', { params, body }), t`The report is saved.`)
      }}
      load={() => ask(api.GET('/api/v1/reports/{report_id}', { params: { path } }))}
      check={check}
      to={`reports/${report.id}`}
      back={t`To the report`}
      clashes={(parts, { content, language }) => (
        <ReportText content={Object.fromEntries(parts.map((part) => [part, content[part]]))} lang={language} as="h2" />
      )}
    >
      {(writing) => <AllFields {...writing} />}
    </SharedForm>
  )
}

function AllFields(writing: Writing) {
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
