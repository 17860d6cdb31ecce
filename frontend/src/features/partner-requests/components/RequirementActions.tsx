import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { waits } from '../../../lib/gate'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { scopesOf, useMe } from '../../../lib/me'
import { today } from '../../../lib/today'
import { type Action, Actions, only } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { type Decided, DecidedFields } from './DecidedFields'
import { TextForm } from './TextForm'

type Of = Schemas['RequirementPublic']
type Case = Schemas['PartnerRequestPublic']

/** What the reader can do about one required puumerkki. */
export function RequirementActions({ of, request }: { of: Of; request: Case }) {
  const { t } = useLingui()
  const write = useWrite('partner-requests', 'tasks')
  const leads = scopesOf(useMe(), 'network', 'handlings:lead')
  const mine = of.networks.find((one) => leads.includes(one.id))
  const said = of.waiver?.network_views.some((one) => one.network_id === mine?.id)
  const params = {
    path: { request_id: request.id, requirement_id: of.id },
    header: withVersion(request.version),
  }
  const fits = { release: of.releasable, undo: of.undoable, waive: waits(of) }
  const undoes =
    of.standing === 'released'
      ? t`Undo the release`
      : of.standing === 'waived'
        ? t`Undo the waiver`
        : t`Undo the addition`
  const actions = only(request.available_actions, 'release', 'undo', 'waive').filter((one) => fits[one.action])
  const view: Action<'network_view'>[] =
    mine && of.waiver && !said ? [{ action: 'network_view', allowed: true, blocked_by: null }] : []
  const at = '/api/v1/partner-requests/{request_id}/requirements/{requirement_id}'
  return (
    <Actions
      about={of.networks.map((one) => textOf(one.names)).join(' / ')}
      of={[...actions, ...view]}
      run={{
        release: {
          ends: true,
          label: t`Release`,
          form: (close) => (
            <TextForm
              name="reason"
              label={t`Why the puumerkki is not needed in this case`}
              button={t`Release`}
              send={(reason) =>
                write(
                  api.POST(`${at}/release`, { params, body: { reason } }),
                  t`The requirement has been released. The applicant and the network can see it.`,
                ).then(close)
              }
            />
          ),
        },
        waive: {
          ends: true,
          label: t`Waive`,
          form: (close) => (
            <WaiveForm
              send={(body) =>
                write(
                  api.POST(`${at}/waive`, { params, body }),
                  t`The requirement has been waived. The network can state its view.`,
                ).then(close)
              }
            />
          ),
        },
        undo: {
          label: undoes,
          ends: true,
          form: (close) => (
            <TextForm
              name="reason"
              label={t`Reason`}
              button={t`Undo`}
              send={(reason) =>
                write(api.POST(`${at}/undo`, { params, body: { reason } }), t`It has been undone.`).then(close)
              }
            />
          ),
        },
        network_view: {
          label: t`State the network’s view`,
          form: (close) => (
            <TextForm
              name="view"
              label={t`The network’s view of the waiver`}
              button={t`State the view`}
              send={(view) =>
                write(
                  api.POST(`${at}/network_view`, { params, body: { network_id: mine?.id ?? '', view } }),
                  t`The view has been stated.`,
                ).then(close)
              }
            />
          ),
        },
      }}
    />
  )
}

/** The authority’s own decision to go on without a puumerkki. */
function WaiveForm({ send }: { send: (given: Schemas['WaiverGiven']) => Promise<unknown> }) {
  const { t } = useLingui()
  const [ground, setGround] = useState('')
  const [reason, setReason] = useState('')
  const [decided, setDecided] = useState<Decided>({ body: '', day: today(), section: '' })
  return (
    <Form
      label={t`Waive`}
      send={() =>
        send({
          ground: ground as Schemas['WaiverGround'],
          reason: reason.trim(),
          body: decided.body.trim(),
          decided_on: decided.day ?? today(),
          section: decided.section.trim(),
        })
      }
      check={() => ({
        ...(ground ? {} : { '/ground': t`Choose the ground.` }),
        ...(reason.trim() ? {} : { '/reason': t`Enter the reason.` }),
        ...(decided.body.trim() ? {} : { '/body': t`Enter the body or office.` }),
        ...(decided.day ? {} : { '/decided_on': t`Give the day of the decision.` }),
        ...(decided.section.trim() ? {} : { '/section': t`Enter the section of the minutes.` }),
      })}
    >
      {(faultOf) => (
        <>
          <RadiosField
            label={t`Ground`}
            name="ground"
            value={ground}
            onChange={setGround}
            fault={faultOf('/ground')}
            options={Object.entries(enumLabels.WaiverGround).map(([value, word]) => ({ value, label: t(word) }))}
          />
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
          <DecidedFields of={decided} onChange={setDecided} faultOf={faultOf} />
        </>
      )}
    </Form>
  )
}
