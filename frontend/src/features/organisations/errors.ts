import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    administrator_since: msg`You became an administrator after this was proposed. Another one agrees, or it takes effect when the time to object is over.`,
    archiving_by_you: msg`You proposed this. Another administrator agrees, or it takes effect when the time to object is over.`,
    archiving_open: msg`It is proposed already to archive the organisation. Its administrators agree or object, or the operator drops it.`,
    association_register_number_taken: msg`Another organisation has this number of the register of associations.`,
    business_id_taken: msg`Another organisation has this business id.`,
    confirmation_asked: msg`Confirmation has been asked for already.`,
    confirmation_not_asked: msg`Confirmation was refused. It can be confirmed once its people have asked again.`,
    confirms_own_organisation: msg`Whoever added the organisation or has a tie to it does not confirm it. Ask another officer or the operator.`,
    external_id_taken: msg`Another organisation has this id in that system.`,
    host_agreed_until: msg`The host has accepted until that day. Add a relation from the day after: the host is asked again.`,
    host_or_contact_needed: msg`An unregistered group needs a host or a contact.`,
    last_owner: msg`The last owner cannot be taken away. Make somebody else an owner first.`,
    merge_blocked: msg`Something stands against merging the two. Settle first what is listed.`,
    merge_touched: msg`What was made or changed since the merge stops the undoing. Settle first what is listed.`,
    merge_undo_order: msg`Another organisation was merged with the same one later. Undo that merge first.`,
    merge_undo_late: msg`A merge can be undone for 30 days. They are over.`,
    merges_own_organisation: msg`You have or had a role in one of the two. Another officer or the operator merges them.`,
    municipality_unknown: msg`There is no municipality with this code.`,
    namesake_exists: msg`An organisation with a name like this is here already. Say below whether it is the same one.`,
    no_archiving_open: msg`It is not proposed to archive the organisation.`,
    not_merged: msg`The organisation is not merged with another one.`,
    officer_of_both: msg`An officer of the home municipality merges organisations whose home is there. Ask the operator.`,
    operator_confirms: msg`The name holds a word that belongs to authorities, so the operator confirms the organisation.`,
    operator_renames: msg`The new name holds a word that belongs to authorities. Ask the operator to change the name.`,
    organisation_active: msg`The organisation is not archived.`,
    organisation_acts_no_more: msg`The organisation is archived. Ask the operator to restore it.`,
    organisation_archived: msg`The organisation is archived.`,
    organisation_confirmed: msg`The organisation has been confirmed already.`,
    organisation_merged: msg`The organisation was merged with another one. Undo the merge instead.`,
    organisation_unconfirmed: msg`The organisation has not been confirmed yet. Its page says who confirms it.`,
    relation_cycle: msg`The other organisation belongs to this one already, directly or through others.`,
    relation_exists: msg`These organisations have this relation at that time already.`,
    relation_over: msg`The relation has ended. Add it anew: the host is asked again.`,
    successor_answered: msg`Your organisation has answered already. The archived organisation can name a successor again.`,
    successor_archived: msg`An archived organisation cannot take another one's place.`,
    successor_by_its_people: msg`The organisation has people: its administrator names the successor.`,
    successor_stands: msg`The organisation has a successor already, or no reason for its archiving was recorded.`,
    too_many_unconfirmed: msg`Many organisations that you added wait for confirmation. Add more when some have been confirmed.`,
  },
  fields: {
    area_unknown: msg`The larger area must be in the same municipality.`,
    association_register_number_invalid: msg`A number of the register of associations has one to six digits.`,
    authority_name: msg`This is the name of an authority. Only the operator adds authorities.`,
    business_id_invalid: msg`A business ID has seven digits, a dash and the right check digit.`,
    cannot_remain: msg`Choose another organisation, confirmed and not archived.`,
    cannot_succeed: msg`Choose another organisation, confirmed and not archived.`,
    group_not_registered: msg`An unregistered group has no such number.`,
    host_or_contact_needed: msg`An unregistered group needs a host or a contact.`,
    identifier_needed: msg`A registered association has a register number or a business id.`,
    itself: msg`An organisation has no relation to itself.`,
    legal_form_unfit: msg`This legal form does not go with the sector.`,
    not_an_association: msg`Only a registered association has this number.`,
    not_your_municipality: msg`Only an officer of the organisation's home municipality adds it for others.`,
    organisation_unknown: msg`There is no such organisation.`,
    relation_unfit: msg`These organisations cannot have this relation.`,
    role_unfit: msg`This role is not given in this organisation.`,
    unconfirmed_needs_q: msg`Unconfirmed organisations are found by their name.`,
    unreachable: msg`A contact has an email address or a phone number.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    organisations: typeof errors
  }
}
