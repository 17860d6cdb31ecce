import { useLingui } from '@lingui/react/macro'
import { useFilters } from '../../lib/urlState'
import { Link } from '../../ui/Link'
import { NetworkFrame, OnlyForItsPeople } from './components/NetworkFrame'
import { Section } from './components/Section'
import { Board } from './work/Board'
import { HandlingList } from './work/HandlingList'
import styles from './work/Work.module.css'

export default function NetworkWorkPage() {
  const { t } = useLingui()
  const [{ view }] = useFilters<'view' | 'state'>()
  return (
    <NetworkFrame>
      {(network, part) =>
        part.reads ? (
          <Section title={t`Applications`}>
            <p className={styles.views}>
              {view === 'list' ? (
                <Link to={`networks/${network.id}/work`}>{t`Show as a board`}</Link>
              ) : (
                <Link to={`networks/${network.id}/work?view=list`}>{t`Show as a list`}</Link>
              )}
            </p>
            {view === 'list' ? <HandlingList networkId={network.id} /> : <Board networkId={network.id} />}
          </Section>
        ) : (
          <OnlyForItsPeople />
        )
      }
    </NetworkFrame>
  )
}
