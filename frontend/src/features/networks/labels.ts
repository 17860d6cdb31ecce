import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

const members: Place = ({ network_id }) => `networks/${network_id}/members`
const decisions: Place = ({ network_id }) => `networks/${network_id}/decisions`

const labels = {
  events: {
    'member.called_off': msg`A membership was called off`,
    'member.changed': msg`A member's vote was changed`,
    'member.invited': msg`An organisation was invited`,
    'member.joined': msg`An organisation joined`,
    'member.left': msg`An organisation left`,
    'member.objected': msg`An organisation objected to its membership`,
    'member.proposal_carried': msg`What was proposed about a membership was confirmed`,
    'member.proposal_dropped': msg`What was proposed about a membership was dropped`,
    'member.proposed': msg`A change to a membership was proposed`,
    'member.refused': msg`A membership was refused`,
    'member.requested': msg`An organisation asked to join`,
    'member.took_over': msg`A successor took the place of an archived member`,
    'member.view_stated': msg`A member stated its view`,
    'network.activated': msg`The network began to work`,
    'network.change_announced': msg`The network announced a change`,
    'network.change_answered': msg`An authority answered the announced change`,
    'network.change_dropped': msg`An announced change was withdrawn`,
    'network.changed': msg`The network's description was changed`,
    'network.closed': msg`The network ended`,
    'network.created': msg`The network was founded`,
    'network.decision_adopted': msg`The network decided about itself`,
    'network.decision_day_moved': msg`The network rests or closes later than it had decided`,
    'network.decision_dropped': msg`A proposal to the network was withdrawn`,
    'network.decision_proposed': msg`A proposal was made to the network`,
    'network.decision_rejected': msg`The network did not decide as proposed`,
    'network.decision_voted': msg`A member voted on a proposal to the network`,
    'network.endorsement_asked': msg`An authority requires the network’s puumerkki`,
    'network.endorsement_not_needed': msg`An authority no longer requires the network’s puumerkki`,
    'network.reopened': msg`The network was opened again`,
    'network.rested': msg`The network went to rest`,
    'rulebook.accepted': msg`A member accepted the rulebook`,
    'rulebook.adopted': msg`A rulebook came into force`,
    'rulebook.changed': msg`A draft of the rulebook was changed`,
    'rulebook.deleted': msg`A draft of the rulebook was thrown away`,
    'rulebook.drafted': msg`A rulebook was drafted`,
    'seat.changed': msg`A seat was changed`,
    'seat.created': msg`A seat was given`,
    'seat.deleted': msg`A seat was removed`,
  },
  enums: {
    NetworkChange: {
      stop_deciding: msg`Stops giving the puumerkki`,
      rest: msg`Rests for a while`,
      close: msg({ message: 'Closes', context: 'NetworkChange' }),
    },
    DecisionKind: {
      rulebook: msg`New rulebook`,
      chair: msg`Choosing the chair`,
      secretary: msg`Choosing the secretary`,
      rest: msg`The network takes a break`,
      close: msg`The network closes`,
      stop_deciding: msg`The network stops giving the puumerkki`,
      begin_deciding: msg`The network begins to give the puumerkki`,
    },
    DecisionWay: {
      vote: msg`The members vote`,
      meeting: msg`A meeting decided, a second person confirms it`,
      second_person: msg`A second person confirms it`,
    },
    DecisionOutcome: {
      passed: msg({ message: 'Passed', context: 'Outcome' }),
      failed: msg({ message: 'Failed', context: 'Outcome' }),
      no_quorum: msg({ message: 'No quorum', context: 'Outcome' }),
      objection: msg({ message: 'Objection', context: 'Outcome' }),
      meeting_decides: msg({ message: 'Meeting decides', context: 'Outcome' }),
      confirmed: msg`Confirmed by a second person`,
      silence: msg`Nobody objected`,
      unconfirmed: msg`Nobody confirmed it in time`,
    },
    ChosenBy: {
      migration: msg`chosen by the members`,
      network_decision: msg`chosen by the members`,
      meeting: msg`chosen by the members in a meeting`,
    },
    DecisionMethod: {
      consensus: msg({ message: 'Consensus', context: 'DecisionMethod' }),
      simple_majority: msg({ message: 'Simple majority', context: 'DecisionMethod' }),
      two_thirds: msg({ message: 'Two thirds', context: 'DecisionMethod' }),
      unanimity: msg({ message: 'Unanimity', context: 'DecisionMethod' }),
      no_objection: msg({ message: 'Nobody objects within the days', context: 'DecisionMethod' }),
      meeting_decides: msg({ message: 'Meeting decides', context: 'DecisionMethod' }),
    },
    NetworkKind: {
      municipal_team: msg({ message: 'Municipal team', context: 'NetworkKind' }),
      partnership_table: msg({ message: 'Partnership table', context: 'NetworkKind' }),
      thematic_network: msg({ message: 'Thematic network', context: 'NetworkKind' }),
      family_centre: msg({ message: 'Family centre', context: 'NetworkKind' }),
      advisory_board: msg({ message: 'Advisory board', context: 'NetworkKind' }),
      association_network: msg({ message: 'Association network', context: 'NetworkKind' }),
      working_group: msg({ message: 'Working group', context: 'NetworkKind' }),
    },
    MemberState: {
      invited: msg({ message: 'Invited', context: 'MemberState' }),
      requested: msg({ message: 'Requested', context: 'MemberState' }),
      active: msg({ message: 'Active', context: 'MemberState' }),
      leaving: msg({ message: 'Removed, votes on what came before', context: 'MemberState' }),
      refused: msg({ message: 'Refused', context: 'MemberState' }),
      left: msg({ message: 'Left', context: 'MemberState' }),
      removed: msg({ message: 'Removed', context: 'MemberState' }),
    },
    DecisionState: {
      open: msg({ message: 'Being decided', context: 'DecisionState' }),
      adopted: msg({ message: 'Decided, waiting for its day', context: 'DecisionState' }),
      done: msg({ message: 'Decided', context: 'DecisionState' }),
      rejected: msg({ message: 'Not decided so', context: 'DecisionState' }),
      dropped: msg({ message: 'Proposal withdrawn', context: 'DecisionState' }),
    },
    NetworkState: {
      forming: msg({ message: 'Forming', context: 'NetworkState' }),
      active: msg({ message: 'Active', context: 'NetworkState' }),
      dormant: msg({ message: 'Dormant', context: 'NetworkState' }),
      closed: msg({ message: 'Closed', context: 'NetworkState' }),
    },
    RulebookState: {
      draft: msg({ message: 'Draft', context: 'RulebookState' }),
      in_force: msg({ message: 'In force', context: 'RulebookState' }),
      replaced: msg({ message: 'Replaced', context: 'RulebookState' }),
    },
  },
  tasks: {
    member_proposal_to_answer: { label: msg`State your view of what is proposed about your membership`, to: members },
    member_proposal_to_confirm: {
      label: msg`Confirm, as the second person, what is proposed about a member`,
      to: members,
    },
    membership_brought_in: { label: msg`Say if your organisation is not a member: a list brought it in`, to: members },
    // only those that are invited: in a long list nobody would find the answer
    membership_invitation: {
      label: msg`Answer an invitation to a network`,
      to: (task) => `${members(task)}?state=invited`,
    },
    membership_request: { label: msg`Answer a request to join`, to: members },
    network_change_to_answer: {
      label: msg`Answer a network's announced change`,
      to: ({ network_id }) => `networks/${network_id}`,
    },
    network_decision_to_confirm: { label: msg`Second person: a proposal to the network waits`, to: decisions },
    network_decision_to_vote: { label: msg`Vote on a proposal to the network`, to: decisions },
    rulebook_acceptance: { label: msg`Accept the rulebook`, to: ({ network_id }) => `networks/${network_id}/rules` },
  },
  live: {
    network: ['networks'],
    network_member: ['networks', 'tasks'],
    rulebook: ['networks', 'tasks'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    networks: typeof labels
  }
}
