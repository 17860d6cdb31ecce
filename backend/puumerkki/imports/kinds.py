"""What can be imported: for each kind how, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from puumerkki.access.permissions import P
from puumerkki.agreements.importing.sheet import AGREEMENTS
from puumerkki.funding.importing.applications import APPLICATIONS
from puumerkki.funding.importing.proposals import PROPOSALS
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import Sheet
from puumerkki.needs.importing import NEEDS
from puumerkki.networks.importing import MEMBERS
from puumerkki.organisations.importing.sheet import ORGANISATIONS


@dataclass(frozen=True)
class Rule:
    """`scope`: the option that names where the permission is asked; None is the platform."""

    sheet: Sheet
    permission: P
    scope: Literal["network_id", "organisation_id"] | None = None


RULES: Mapping[ImportKind, Rule] = MappingProxyType(
    {
        rule.sheet.kind: rule
        for rule in (
            Rule(ORGANISATIONS, P.organisations_create),
            Rule(MEMBERS, P.networks_lead, "network_id"),
            Rule(NEEDS, P.needs_agree, "network_id"),
            Rule(APPLICATIONS, P.applications_write, "organisation_id"),
            Rule(AGREEMENTS, P.agreements_sign, "organisation_id"),
            Rule(PROPOSALS, P.partner_requests_propose, "organisation_id"),
        )
    }
)
