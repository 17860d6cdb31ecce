"""What can be imported: for each kind its function, and who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Literal, Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.organisations import import_organisations
from puumerkki.imports.results import ImportResult


class Importer(Protocol):
    """Brings a file in, in the caller's transaction: all rows or none, unless `skip_bad`."""

    async def __call__(
        self,
        session: AsyncSession,
        *,
        source: BinaryIO,
        actor_id: UUID | None,
        options: ImportOptions,
        progress: Callable[[int], None] | None = None,
    ) -> ImportResult: ...


@dataclass(frozen=True)
class Rule:
    """`scope`: the option that names where the permission is asked; None is the platform."""

    importer: Importer
    permission: P
    scope: Literal["network_id", "organisation_id"] | None = None


RULES: Mapping[ImportKind, Rule] = MappingProxyType(
    {ImportKind.organisations: Rule(import_organisations, P.organisations_create)}
)
