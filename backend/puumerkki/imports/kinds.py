"""What can be imported: for each kind how, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from puumerkki.access.permissions import P
from puumerkki.imports.agreements import AGREEMENTS
from puumerkki.imports.applications import APPLICATIONS
from puumerkki.imports.members import MEMBERS
from puumerkki.imports.models import ImportKind
from puumerkki.imports.needs import NEEDS
from puumerkki.imports.organisations import ORGANISATIONS
from puumerkki.imports.proposals import PROPOSALS
from puumerkki.imports.sheets import Sheet


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
