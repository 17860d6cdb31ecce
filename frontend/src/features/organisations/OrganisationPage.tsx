import { useLingui } from '@lingui/react/macro'
import { Link as Anchor, Block, Heading } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { useCounties } from '../../lib/counties'
import { enumLabels } from '../../lib/labels'
import { useSignedIn } from '../../lib/me'
import { useMunicipalities } from '../../lib/municipalities'
import { Facts } from '../../ui/Facts'
import { byCursor } from '../../ui/PagedList'
import { Texts } from '../../ui/Texts'
import { Timeline } from '../../ui/Timeline'
import { Archivings } from './components/Archivings'
import { Calls } from './components/Calls'
import { Confirmation } from './components/Confirmation'
import { Contacts } from './components/Contacts'
import { Frame, type Organisation } from './components/Frame'
import { MergeAction, MergedWith, Merges } from './components/Merges'
import { Agreements, Endorsements, Networks } from './components/Participation'
import { Relations } from './components/Relations'

export default function OrganisationPage() {
  return <Frame>{(organisation) => <Shown organisation={organisation} />}</Frame>
}

function Shown({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const municipalities = useMunicipalities()
  const counties = useCounties()
  const signedIn = useSignedIn()
  const others = Object.entries(organisation.names).filter(([, name]) => name)
  const events = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/events',
    { params: { path: { organisation_id: organisation.id } } },
    byCursor,
  )
  return (
    <>
      <Merges organisation={organisation} />
      <Archivings organisation={organisation} />
      {!organisation.confirmed && signedIn && <Confirmation organisation={organisation} />}
      {organisation.descriptions && (
        <Block mb="m">
          <Texts of={organisation.descriptions} notice />
        </Block>
      )}
      <Facts
        facts={[
          [
            t`Names`,
            others.length > 1 &&
              others.map(([lang, name]) => (
                <div key={lang} lang={lang}>
                  {name}
                </div>
              )),
          ],
          [t`Sector`, t(enumLabels.Sector[organisation.sector])],
          [t`Legal form`, t(enumLabels.LegalForm[organisation.legal_form])],
          [t`Business ID`, organisation.business_id],
          [t`Number in the register of associations`, organisation.association_register_number],
          [t`Home municipality`, municipalities.name(organisation.home_municipality_code)],
          [t`Works in`, organisation.municipality_codes.map(municipalities.name).join(', ')],
          [
            t`Wellbeing services county`,
            organisation.wellbeing_county_code && counties.name(organisation.wellbeing_county_code),
          ],
          [t`On the web`, organisation.website && <Anchor href={organisation.website}>{organisation.website}</Anchor>],
        ]}
      />
      <Contacts organisation={organisation.id} />
      <Relations organisation={organisation.id} />
      <Calls organisation={organisation.id} />
      <Networks organisation={organisation.id} />
      <Endorsements organisation={organisation.id} />
      <Agreements organisation={organisation.id} />
      <section>
        <Heading variant="h2">{t`What has happened`}</Heading>
        <Timeline query={events} about={(event) => <MergedWith event={event} organisation={organisation.id} />} />
      </section>
      <MergeAction organisation={organisation} />
    </>
  )
}
