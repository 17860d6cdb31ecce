import { useLingui } from '@lingui/react/macro'
import { api, query } from '../../api/client'
import { asFile } from '../../lib/download'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { useFilters } from '../../lib/urlState'
import { DownloadList } from '../../ui/DownloadList'
import { Loaded } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { ChooseField } from '../../ui/inputs'
import { Page } from '../../ui/Page'
import { Section } from '../../ui/Section'
import { thisYear, yearOptions } from './components/years'
import { EndingSoon } from './figures/EndingSoon'
import { Figures } from './figures/Figures'

const SHOWN_YEARS = 5

/** What my organisation's agreements put in, and which of them end soon. */
export default function FiguresPage() {
  const { t } = useLingui()
  const mine = useMyOrganisations('agreements:read') ?? []
  const [filters, change] = useFilters<'organisation' | 'from' | 'to'>()
  const from = filters.from ?? String(thisYear())
  const to = filters.to ?? String(Number(from) + SHOWN_YEARS - 1)
  const asked = { organisation: filters.organisation, year_from: Number(from), year_to: Number(to) }
  const sums = query.useQuery('get', '/api/v1/agreements/sums', { params: { query: asked } })
  const years = yearOptions()
  return (
    <Page
      title={t`Agreements in figures`}
      lead={t`What all parties have signed: money, working hours, premises and volunteers.`}
      crumbs={[{ to: 'agreements', label: t`Agreements` }]}
    >
      <Filters label={t`Choose what is summed up`}>
        {mine.length > 1 && (
          <Choose
            label={t`Party`}
            any={t`All of mine`}
            value={filters.organisation}
            options={mine.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(organisation) => change({ organisation })}
          />
        )}
        <ChooseField
          label={t`From year`}
          name="from"
          value={from}
          onChange={(year) => change({ from: year, to: [year, to].sort()[1] })}
          options={years}
        />
        <ChooseField
          label={t`To year`}
          name="to"
          value={to}
          onChange={(year) => change({ to: year })}
          options={[
            ...years.filter((one) => one.value >= from),
            ...(years.some((one) => one.value === to) ? [] : [{ value: to, label: to }]),
          ]}
        />
      </Filters>
      <Loaded query={sums}>{(found) => <Figures of={found} />}</Loaded>
      <Section title={t`As a file`}>
        <p>{t`Each agreement that runs in ${from}, with its sums.`}</p>
        <DownloadList
          fetch={(format) =>
            api.GET(
              '/api/v1/agreements/export.{file_format}',
              asFile(format, { organisation: filters.organisation, year: asked.year_from }),
            )
          }
        />
      </Section>
      <EndingSoon organisation={filters.organisation} />
    </Page>
  )
}
