"""The workflow of an organisation: archived, never deleted, and brought back."""

from puumerkki.access.permissions import P
from puumerkki.kernel.workflow import Grant, Workflow, t
from puumerkki.organisations.models import OrganisationState as S

_OPERATES = Grant(P.organisations_create, on=None)

ORGANISATION: Workflow[S] = Workflow(
    kind="organisation",
    states=S,
    initial=S.active,
    transitions=(
        t("archive", {S.active}, S.archived, {_OPERATES}),
        t("restore", {S.archived}, S.active, {_OPERATES}),
    ),
)
