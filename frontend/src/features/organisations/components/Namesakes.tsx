import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { useMunicipalities } from '../../../lib/municipalities'
import { Row, Rows } from '../../../ui/Cards'
import { Link } from '../../../ui/Link'
import { Texts } from '../../../ui/Texts'

export type Namesake = Schemas['Namesake']

/** Organisations whose names look alike, with what tells them apart. Others know the page of a confirmed one only. */
export function Namesakes({ of }: { of: Namesake[] }) {
  const { t } = useLingui()
  const municipalities = useMunicipalities()
  return (
    <Rows>
      {of.map((one) => (
        <Row
          key={one.id}
          head={
            one.confirmed ? (
              <Link to={`organisations/${one.id}`}>
                <Texts of={one.names} />
              </Link>
            ) : (
              <Texts of={one.names} />
            )
          }
          meta={[
            one.home_municipality_code && municipalities.name(one.home_municipality_code),
            one.business_id ?? one.association_register_number,
            !one.confirmed && t`not confirmed yet`,
          ]}
        />
      ))}
    </Rows>
  )
}
