import { useLingui } from '@lingui/react/macro'
import { useFilters } from '../../../lib/urlState'
import { Choose, Filters } from '../../../ui/Filters'
import { concerns, placesOf, type Whose } from './tasks'

/** Of a list of one's own what is chosen by its place and kind, and the fields to choose by. */
export function useNarrowed<One extends Whose & { kind: string }>(
  all: One[],
  by: { label: string; kind: (one: One) => string },
) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'for' | 'kind'>()
  const kinds = [...new Map(all.map((one) => [one.kind, { value: one.kind, label: by.kind(one) }])).values()]
  const shown = all.filter(
    (one) => (!filters.for || concerns(one, filters.for)) && (!filters.kind || one.kind === filters.kind),
  )
  const fields = (
    <Filters label={t`Choose what is shown`}>
      <Choose
        label={t`Organisation or network`}
        any={t`All of mine`}
        value={filters.for}
        options={placesOf(all)}
        onChange={(value) => change({ for: value })}
      />
      <Choose
        label={by.label}
        any={t`Everything`}
        value={filters.kind}
        options={kinds}
        onChange={(value) => change({ kind: value })}
      />
    </Filters>
  )
  return { shown, fields }
}
