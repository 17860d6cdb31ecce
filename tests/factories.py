"""What tests need to exist: people with roles, organisations, networks; and the API as seen by one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import ROLES, P
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.access.service import create_principal, grant_role
from puumerkki.applications.models.applications import (
    Application,
    ApplicationAuthority,
    ApplicationNetwork,
    ApplicationState,
    ApplicationVersion,
)
from puumerkki.applications.queries.application_facts import frozen_content
from puumerkki.applications.service.applicants import freeze_applicants
from puumerkki.identity.models import ServiceAccount, User
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkAuthority,
    NetworkKind,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookAcceptance,
    RulebookState,
)
from puumerkki.organisations.models.organisations import (
    AUTHORITIES,
    ConfirmationSource,
    LegalForm,
    Organisation,
    Sector,
)
from puumerkki.organisations.naming import derived
from puumerkki.organisations.rules import FORMS
from tests.application_content import CONTENT

OULU = "564"
CONFIRMED: dict[str, Any] = {"confirmed_at": clock.now(), "source": ConfirmationSource.standing}
UNCONFIRMED: dict[str, Any] = {"confirmed_at": None, "source": None}
RULE: dict[str, Any] = {"method": DecisionMethod.simple_majority, "closes_early": True, "one_is_enough": True}


@dataclass
class Client:
    """The API as one person, service or nobody sees it. POSTs carry a fresh Idempotency-Key."""

    client: httpx.AsyncClient
    id: UUID | None = None
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def person_id(self) -> UUID:
        """Whose token it is; nobody has none."""
        assert self.id is not None
        return self.id

    async def request(
        self, method: str, path: str, *, if_match: int | str | None = None, **options: Any
    ) -> httpx.Response:
        headers = dict(self.headers) | dict(options.pop("headers", {}))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if method == "POST":
            headers.setdefault("Idempotency-Key", uuid4().hex)
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        full = path if path.startswith(("/api/", "/.well-known")) else f"/api/v1{path}"
        return await self.client.request(method, full, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return await self.request("POST", path, json={} if json is None else json, **options)

    async def put(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return await self.request("PUT", path, json={} if json is None else json, **options)

    async def patch(self, path: str, json: Any, **options: Any) -> httpx.Response:
        return await self.request("PATCH", path, json=json, **options)

    async def delete(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("DELETE", path, **options)


class World:
    """Makes things straight through the session, so that a test's own subject is what goes through the API.

    Without a `client` its people ask the API nothing.
    """

    def __init__(self, session: AsyncSession, client: httpx.AsyncClient | None = None) -> None:
        self.session = session
        self.client = client or httpx.AsyncClient()

    @property
    def nobody(self) -> Client:
        return Client(self.client)

    async def person(self, *roles: tuple[Role, UUID | None] | tuple[Role, UUID, UUID], name: str = "Testi") -> Client:
        """Somebody with roles: (role, organisation or network[, for which member organisation])."""
        principal = await create_principal(self.session, PrincipalKind.user)
        self.session.add(User(id=principal.id, email=f"{principal.id.hex}@example.org", name=name))
        await self.session.flush()
        for role in roles:
            await self.grant(principal.id, *role)
        return await self.again(Client(self.client, principal.id))

    async def again(self, caller: Client) -> Client:
        """The same person, signed in anew: for a clock that was moved on."""
        token, _ = await issue_access_token(self.session, principal_id=caller.person_id, kind=PrincipalKind.user)
        return Client(self.client, caller.id, token)

    async def service(self, role: Role, organisation: Organisation, *, scopes: frozenset[P] | None = None) -> Client:
        """A service account of an organisation with a role there; by default its scopes are all that the role may."""
        principal = await create_principal(self.session, PrincipalKind.service)
        kept = ROLES[role] if scopes is None else scopes
        self.session.add(
            ServiceAccount(
                id=principal.id,
                organisation_id=organisation.id,
                name="Siirto",
                secret_hash=principal.id.bytes,
                scopes=sorted(kept),
            )
        )
        await self.grant(principal.id, role, organisation.id)
        token, _ = await issue_access_token(
            self.session, principal_id=principal.id, kind=PrincipalKind.service, scopes=frozenset(map(str, kept))
        )
        return Client(self.client, principal.id, token)

    async def grant(
        self, principal_id: UUID, role: Role, scope_id: UUID | None, for_organisation_id: UUID | None = None
    ) -> None:
        organisation = None if scope_id is None else await self.session.get(Organisation, scope_id)
        of_one = ScopeKind.network if organisation is None else ScopeKind.organisation
        kind = ScopeKind.platform if scope_id is None else of_one
        assert role in SCOPES[kind]
        await grant_role(
            self.session,
            principal_id=principal_id,
            role=role,
            scope_kind=kind,
            scope_id=scope_id,
            for_organisation_id=for_organisation_id,
        )

    async def operator(self) -> Client:
        return await self.person((Role.operator, None), name="Operaattori")

    async def organisation(
        self, name: str = "Testiyhdistys ry", *, sector: Sector = Sector.association, **more: Any
    ) -> Organisation:
        """A confirmed organisation, unless told otherwise (`**UNCONFIRMED`)."""
        made = Organisation(
            **{
                "names": {"fi": name},
                **derived({"fi": name}),
                **CONFIRMED,
                "sector": sector,
                "legal_form": FORMS[sector][0] if sector in AUTHORITIES else LegalForm.registered_association,
                "home_municipality_code": OULU,
                "municipality_codes": [OULU],
            }
            | more
        )
        self.session.add(made)
        await self.session.flush()
        return made

    async def network(
        self, name: str = "Elämänkaari", *, authorities: Sequence[Organisation] = (), **more: Any
    ) -> Network:
        """An active network that decides, without members."""
        prefix = "".join(char for char in sort_key(name).upper() if char.isalnum())[:8] + uuid4().hex[:12].upper()
        made = Network(
            **{
                "names": {"fi": name},
                "sort_key": sort_key(name),
                "search_text": name.lower(),
                "kind": NetworkKind.thematic_network,
                "state": NetworkState.active,
                "decides": True,
                "prefix": prefix,
                "municipality_codes": [OULU],
            }
            | more
        )
        self.session.add(made)
        await self.session.flush()
        self.session.add_all(NetworkAuthority(network_id=made.id, organisation_id=one.id) for one in authorities)
        await self.session.flush()
        return made

    async def rulebook(self, network: Network, **rule: Any) -> Rulebook:
        """A rulebook in force, of `RULE` unless told otherwise; what was in force before is replaced."""
        books = (await self.session.exec(select(Rulebook).where(col(Rulebook.network_id) == network.id))).all()
        for book in books:
            book.state = RulebookState.replaced
        await self.session.flush()
        made = Rulebook(
            network_id=network.id,
            number=len(books) + 1,
            texts={"fi": "Yhteiset pelisäännöt."},
            rule=DecisionRule(**(RULE | rule)).model_dump(mode="json"),
            state=RulebookState.in_force,
            in_force_at=clock.now(),
        )
        self.session.add(made)
        await self.session.flush()
        return made

    async def member(
        self, network: Network, organisation: Organisation, *, accepts: bool = True, **more: Any
    ) -> NetworkMember:
        """An active member; it has accepted the rulebook in force (one is made if there is none)."""
        made = NetworkMember(
            **{
                "network_id": network.id,
                "organisation_id": organisation.id,
                "state": MemberState.active,
                "joined_at": clock.now(),
            }
            | more
        )
        self.session.add(made)
        await self.session.flush()
        if accepts:
            statement = select(Rulebook).where(
                col(Rulebook.network_id) == network.id, col(Rulebook.state) == RulebookState.in_force
            )
            book = (await self.session.exec(statement)).one_or_none() or await self.rulebook(network)
            principal = await create_principal(self.session, PrincipalKind.user)
            self.session.add(RulebookAcceptance(rulebook_id=book.id, member_id=made.id, accepted_by=principal.id))
            await self.session.flush()
        return made

    async def application(
        self,
        applicant: Organisation,
        *,
        networks: Sequence[Network] = (),
        authorities: Sequence[Organisation] = (),
        **more: Any,
    ) -> Application:
        """A draft application whose short form is filled in."""
        made = Application(
            **{
                "applicant_id": applicant.id,
                "title": CONTENT["title"],
                "content": dict(CONTENT),
                "amount_cents": 4_500_000,
            }
            | more
        )
        self.session.add(made)
        await self.session.flush()
        self.session.add_all(ApplicationNetwork(application_id=made.id, network_id=one.id) for one in networks)
        self.session.add_all(ApplicationAuthority(application_id=made.id, authority_id=one.id) for one in authorities)
        await self.session.flush()
        return made

    async def version(self, application: Application, **changes: Any) -> ApplicationVersion:
        """Freeze the next version straight in the tables, without what the service does around it."""
        application.content = {**application.content, **changes}
        application.current_version = (application.current_version or 0) + 1
        application.state = ApplicationState.active
        principal = await create_principal(self.session, PrincipalKind.user)
        made = ApplicationVersion(
            application_id=application.id,
            number=application.current_version,
            title=application.title,
            content=await frozen_content(self.session, application) | {"title": application.content["title"]} | changes,
            private=application.private,
            salt=b"0" * 16,
            submitted_by=principal.id,
            submitted_for_organisation_id=application.applicant_id,
        )
        self.session.add(made)
        await self.session.flush()
        await freeze_applicants(self.session, application, made.number)
        return made
