import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Block, InlineAlert } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { Facts } from '../../../ui/Facts'
import { Fields } from '../../../ui/Fields'
import { Form } from '../../../ui/Form'
import { ChooseField, NumberField } from '../../../ui/inputs'
import { inApp, Link } from '../../../ui/Link'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { FileFaults } from '../components/RowErrors'
import { type Chosen, chosenOf, elsewhere, headingsOf, tryOf } from './columns'
import { FIELD_NAMES, FIELDS } from './fieldLabels'
import styles from './Wizard.module.css'

type Details = Schemas['ImportDetails']

/** What people know encodings by. */
const ENCODINGS: Record<string, string> = {
  cp1252: 'Windows-1252',
  'utf-8': 'UTF-8',
  'utf-8-sig': 'UTF-8',
  'utf-16': 'UTF-16',
  'utf-16-le': 'UTF-16',
  'utf-16-be': 'UTF-16',
}
const UNREADABLE = 'file_not_understood'

/** How the file was read, for people to look at, and to choose otherwise. */
export function Columns({ of }: { of: Details }) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<Chosen>(() => chosenOf(of))
  const change = (changed: Partial<Chosen>) => setChosen({ ...chosen, ...changed })
  const again = tryOf(of, chosen)
  const faults = of.errors.filter((one) => one.severity === 'error')
  const unread = of.reason === UNREADABLE

  async function send() {
    if (again)
      await write(
        api.POST('/api/v1/imports/{job_id}/try', {
          params: { path: { job_id: of.id }, header: withVersion(of.version) },
          body: again,
        }),
      )
    await navigate({ to: inApp(`imports/${of.id}`).path })
  }
  const check = () => ({
    ...(unread && !again && { '/columns': t`Choose the sheet, the row of the headings or a column first.` }),
  })

  return (
    <>
      {unread && (
        <Block mb="m">
          <InlineAlert status="error" labelText={t`The file was not understood`}>
            <FileFaults of={faults} />
          </InlineAlert>
        </Block>
      )}
      <AsRead of={of} />
      <Form
        send={send}
        label={again || unread ? t`Run the trial` : t`Continue to the trial run`}
        check={check}
        secondary={<Link to="imports/new">{t`Choose another file`}</Link>}
      >
        {(faultOf) => (
          <>
            {of.reading && of.reading.sheets.length > 1 && (
              <ChooseField
                label={t`Sheet`}
                name="sheet"
                value={chosen.sheet}
                onChange={(sheet) => change({ sheet })}
                options={of.reading.sheets.map((value) => ({ value, label: value }))}
                fault={faultOf('/sheet')}
              />
            )}
            <NumberField
              label={t`Row of the headings`}
              hint={t`Counted as the spreadsheet counts.`}
              name="heading_row"
              value={chosen.headingRow}
              onChange={(headingRow) => change({ headingRow })}
              fault={faultOf('/heading_row')}
            />
            {elsewhere(of, chosen) ? (
              <p>
                <Trans>Run the trial first. Then you see the columns.</Trans>
              </p>
            ) : (
              <Mapped of={of} chosen={chosen.fields} onChange={(fields) => change({ fields })} />
            )}
          </>
        )}
      </Form>
    </>
  )
}

function AsRead({ of }: { of: Details }) {
  const { t } = useLingui()
  const { reading } = of
  if (!reading) return null
  const unread = reading.columns.filter((one) => one.field === null && !one.by_hand && one.heading !== '')
  return (
    <>
      <Facts
        facts={[
          [t`First names as read`, reading.first_names.join(', ')],
          [t`Character encoding`, reading.encoding && (ENCODINGS[reading.encoding] ?? reading.encoding)],
          [t`Sheet`, reading.sheets.length > 0 && reading.sheet],
        ]}
      />
      {reading.heading_row !== null && of.reason === null && unread.length > 0 && (
        <Block mb="m">
          <InlineAlert status="warning" labelText={t`Columns that are not read`}>
            {unread.map((one) => one.heading).join(', ')}
          </InlineAlert>
        </Block>
      )}
      {reading.first_names.length > 0 && (
        <p>
          <Trans>Check that the names are written correctly and the columns mean what is chosen here.</Trans>
        </p>
      )}
    </>
  )
}

function Mapped({
  of,
  chosen,
  onChange,
}: {
  of: Details
  chosen: Record<string, string>
  onChange: (fields: Record<string, string>) => void
}) {
  const { t } = useLingui()
  const options = FIELDS[of.kind].map((value) => {
    const name = FIELD_NAMES[value]
    return { value, label: name ? t(name) : value }
  })
  const headings = headingsOf(of)
  if (headings.length === 0) return null
  return (
    <Fields legend={t`What each column means`}>
      <div className={styles.columns}>
        {headings.map((heading, place) => (
          <ChooseField
            key={heading}
            label={heading}
            name={place === 0 ? 'columns' : `columns/${place}`}
            value={chosen[heading] ?? ''}
            none={t`Not read`}
            onChange={(field) => onChange({ ...chosen, [heading]: field })}
            options={options}
          />
        ))}
      </div>
    </Fields>
  )
}
