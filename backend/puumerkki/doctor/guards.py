"""The triggers of the migrations: without one of them something that must stay could be changed behind our back."""

_GROWS = ("append_only", "no_truncate")
_STAYS = ("frozen", "kept", "no_truncate")
_OF = {
    "agreement": ("recorded", "recorded_new"),
    "agreement_record_answer": _STAYS,
    "agreement_signature": _GROWS,
    "agreement_version": _GROWS,
    "agreement_withdrawal": _GROWS,
    "app_user": ("erased",),
    "application_version": _STAYS,
    "archived_event": _GROWS,
    "ballot": ("recorded_needs_another",),
    "ballot_elector": _STAYS,
    "break_glass": _GROWS,
    "endorsement": ("ended", *_STAYS),
    "event": _GROWS,
    "event_archive": _GROWS,
    "event_position": _GROWS,
    "event_seal": _GROWS,
    "former_decision": _GROWS,
    "gate_policy": ("guarded", "no_truncate"),
    "gate_requirement": ("guarded", "kept", "no_truncate", "released", "undone"),
    "member_right": _STAYS,
    "network_member": ("right",),
    "office_term": _STAYS,
    "organisation_succession": _STAYS,
    "partner_request": ("guarded", *_STAYS),
    "role_choice": ("needs_another",),
    "role_grant": ("office_term",),
    "service_account": ("makers_kept",),
    "tie": ("ends_now", *_STAYS),
    "version_applicant": ("ends_now", "of_now", *_STAYS),
    "waiver": ("made", "undone", *_STAYS),
}
GUARDS = tuple(f"{table}_{guard}" for table, guards in _OF.items() for guard in guards)
