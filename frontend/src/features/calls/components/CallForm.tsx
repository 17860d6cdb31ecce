import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { Form } from '../../../ui/Form'
import { CheckField, ChecksField, MoneyField, TextField } from '../../../ui/inputs'
import { MomentField } from '../../../ui/MomentField'
import { filled, TranslatedField } from '../../../ui/TranslatedField'

export type CallContent = Omit<Schemas['CallCreate'], 'funder_id'>

/** What a call says. `fixed`: it is published, so only its texts and a later closing still change. */
export function CallForm({
  call,
  fixed = false,
  label,
  send,
}: {
  call: Schemas['CallPublic'] | undefined
  fixed?: boolean
  label: string
  send: (content: CallContent) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [names, setNames] = useState(call?.names ?? {})
  const [programme, setProgramme] = useState(call?.programme ?? {})
  const [descriptions, setDescriptions] = useState(call?.descriptions ?? {})
  const [website, setWebsite] = useState(call?.website ?? '')
  const [opens, setOpens] = useState<string | null>(call?.opens_at ?? null)
  const [closes, setCloses] = useState<string | null>(call?.closes_at ?? null)
  const [total, setTotal] = useState(call?.total_cents ?? null)
  const [least, setLeast] = useState(call?.min_cents ?? null)
  const [most, setMost] = useState(call?.max_cents ?? null)
  const [forms, setForms] = useState<string[]>(call?.legal_forms ?? [])
  const [partner, setPartner] = useState(call?.partner_required ?? false)
  return (
    <Form
      label={label}
      check={() => ({
        ...(filled(names) ? {} : { '/names': t`The call needs a name.` }),
        ...(opens ? {} : { '/opens_at': t`Say when the call opens.` }),
        ...(closes ? {} : { '/closes_at': t`Say when the call closes.` }),
      })}
      send={() =>
        send({
          names: filled(names) ?? {},
          programme: filled(programme),
          descriptions: filled(descriptions),
          website: website.trim() || null,
          opens_at: opens ?? '',
          closes_at: closes ?? '',
          total_cents: total,
          min_cents: least,
          max_cents: most,
          legal_forms: forms as Schemas['LegalForm'][],
          partner_required: partner,
        })
      }
    >
      {(faultOf) => (
        <>
          <TranslatedField label={t`Name`} name="names" value={names} onChange={setNames} faultOf={faultOf} />
          <TranslatedField
            label={t`Programme`}
            name="programme"
            value={programme}
            onChange={setProgramme}
            faultOf={faultOf}
            optional
          />
          <TranslatedField
            label={t`Description`}
            name="descriptions"
            value={descriptions}
            onChange={setDescriptions}
            faultOf={faultOf}
            optional
            long
          />
          <TextField
            label={t`Address on the web`}
            name="website"
            type="url"
            value={website}
            onChange={setWebsite}
            fault={faultOf('/website')}
            optional
          />
          {!fixed && (
            <MomentField
              label={t`Opens`}
              name="opens_at"
              value={opens}
              onChange={setOpens}
              fault={faultOf('/opens_at')}
            />
          )}
          <MomentField
            label={t`Closes`}
            hint={fixed ? t`A published call may close later, not earlier.` : undefined}
            name="closes_at"
            value={closes}
            onChange={setCloses}
            fault={faultOf('/closes_at')}
          />
          {!fixed && (
            <>
              <MoneyField
                label={t`Given out in all, €`}
                name="total_cents"
                value={total}
                onChange={setTotal}
                fault={faultOf('/total_cents')}
                optional
              />
              <MoneyField
                label={t`Smallest amount for one application, €`}
                name="min_cents"
                value={least}
                onChange={setLeast}
                fault={faultOf('/min_cents')}
                optional
              />
              <MoneyField
                label={t`Largest amount for one application, €`}
                name="max_cents"
                value={most}
                onChange={setMost}
                fault={faultOf('/max_cents')}
                optional
              />
              <ChecksField
                label={t`Who may apply`}
                hint={t`Leave all empty if any organisation may.`}
                name="legal_forms"
                value={forms}
                onChange={setForms}
                fault={faultOf('/legal_forms')}
                options={Object.entries(enumLabels.LegalForm).map(([value, word]) => ({ value, label: t(word) }))}
                optional
              />
              <CheckField
                label={t`An application needs a partner authority`}
                name="partner_required"
                value={partner}
                onChange={setPartner}
                fault={faultOf('/partner_required')}
              />
            </>
          )}
        </>
      )}
    </Form>
  )
}
