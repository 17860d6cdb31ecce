"""What is there before the first application: organisations, people, networks, needs, calls, requirements."""

from dataclasses import dataclass, field

from puumerkki.access.roles import Role
from puumerkki.demo import organisations
from puumerkki.demo.api_driver import Person, Stage
from puumerkki.demo.names import AREAS, EVIDENCE, GOALS, NEEDS, NETWORKS, REASON, RULES, SWEDISH_SPEAKING
from puumerkki.demo.organisations import OULU

OLDER_PEOPLE = "KR1.1"
LEADERS = (
    ("Kaisa Koordinaattori", "coordinator"),
    ("Pauli Puheenjohtaja", "chair"),
    ("Sirpa Sihteeri", "secretary"),
)
RULE = {
    "method": "simple_majority",
    "quorum_percent": 50,
    "handling_days": 14,
    "ballot_days": 7,
    "validity_days": 365,
    "closes_early": True,
    "one_is_enough": False,
}
IN_THE_SMALL_NETWORK = 5
STEPS = {"begin": ("agree", "begin"), "meet": ("agree", "begin", "meet"), "raise": ()}
"""What happened to a need, where it is more or less than one step."""


@dataclass
class Member:
    """An association of the demo: who prepares for it, who speaks for it in a network."""

    id: str
    name: str
    member_id: str
    editor: Person
    representative: Person


@dataclass
class NetworkScene:
    """A network with those who lead it and its members."""

    id: str
    coordinator: Person
    chair: Person
    secretary: Person
    members: list[Member] = field(default_factory=list)


@dataclass
class Scene:
    """All that applications need."""

    operator: Person
    city: str
    county: str
    funder: str
    officer: Person
    decider: Person
    county_officer: Person
    county_decider: Person
    owner: Person
    network: NetworkScene
    small: NetworkScene
    needs: list[str]
    areas: list[str]
    call: str
    city_call: str


async def prepare(stage: Stage) -> Scene:
    """What all else rests on, made as of sixty days before the demo."""
    with stage.days_ago(60):
        operator = await stage.person("Olli Operaattori", "operator of the platform", "operaattori@demo.example")
        await stage.grant(operator, Role.operator, None)
        await organisations.public_bodies(stage)
        city, county = (
            await organisations.organisation(stage, "Oulun kaupunki"),
            await organisations.organisation(stage, "Pohjois-Pohjanmaan hyvinvointialue"),
        )
        funder = await organisations.funder(stage, operator)
        officer, decider = await organisations.authority(stage, city, "kaupunki", "of the City of Oulu")
        county_officer, county_decider = await organisations.authority(
            stage, county, "hyvinvointialue", "of the wellbeing services county"
        )
        areas = [
            (await stage.post(operator, "/areas", {"municipality_code": OULU, "kind": "district", "names": names}))[
                "id"
            ]
            for names in AREAS
        ]
        associations = await organisations.associations(stage, operator)
        network = await _network(stage, operator, city, "ELAMANKAARI", associations)
        small = await _network(stage, operator, city, "KOTONA", associations[:IN_THE_SMALL_NETWORK])
        owner = await stage.person(
            "Päivi Pääkäyttäjä", f"administrator of {associations[0][1]}", "paakayttaja@demo.example"
        )
        await stage.grant(owner, Role.owner, associations[0][0])
    with stage.days_ago(50):
        needs = await _needs(stage, network, dict(zip((names["fi"] for names in AREAS), areas, strict=True)))
        call, city_call = await _calls(stage, funder, city, officer)
        for thing in (f"organisation/{funder}", f"funding_call/{city_call}", f"need/{needs[0]}"):
            await stage.put(owner, f"/follows/{thing}", {})
        await _policy(stage, decider, city, [network.id, small.id], "Kaupunginhallitus", "§ 210")
        await _policy(stage, county_decider, county, [network.id], "Aluehallitus", "§ 118")
    with stage.days_ago(2):
        await organisations.unconfirmed(stage)
        await organisations.merged(stage, operator, (associations[0][0], associations[0][3]))
        await organisations.twice(stage, operator, associations[1][0])
    return Scene(
        operator, city, county, funder, officer, decider, county_officer, county_decider, owner, network, small, needs,
        areas, call, city_call,
    )  # fmt: skip


async def _network(
    stage: Stage, operator: Person, city: str, prefix: str, members: list[tuple[str, str, Person, Person]]
) -> NetworkScene:
    names, slug = NETWORKS[prefix], prefix.lower()
    coordinator, chair, secretary = [
        await stage.person(f"{title} ({names['fi']})", f"{role} of {names['fi']}", f"{role}.{slug}@demo.example")
        for title, role in LEADERS
    ]
    made = await stage.post(
        operator,
        "/networks",
        {
            "names": names,
            "kind": "thematic_network",
            "decides": True,
            "prefix": prefix,
            "theme": {"fi": "Ikäihmiset", "sv": "Äldre personer", "en": "Older people"},
            "goals": GOALS,
            "municipality_codes": [OULU],
            "target_groups": [OLDER_PEOPLE],
            "authority_ids": [city],
            "coordinator_id": str(coordinator.id),
        },
    )
    network = NetworkScene(made["id"], coordinator, chair, secretary)
    base = f"/networks/{network.id}"
    await stage.grant(network.chair, Role.chair, network.id, network=True)
    await stage.grant(network.secretary, Role.secretary, network.id, network=True)
    book = await stage.post(network.coordinator, f"{base}/rulebooks", {"texts": RULES, "rule": RULE})
    await stage.act(network.coordinator, f"{base}/rulebooks/{book['number']}", "adopt")
    for organisation, title, editor, representative in members:
        member = await stage.post(network.coordinator, f"{base}/members", {"organisation_id": organisation})
        await stage.act(representative, f"{base}/members/{member['id']}", "accept")
        await stage.grant(representative, Role.representative, network.id, network=True, represents=organisation)
        await stage.put(representative, f"{base}/rulebooks/{book['number']}/acceptances/{member['id']}", {})
        await stage.grant(editor, Role.deputy, network.id, network=True, represents=organisation)
        network.members.append(Member(organisation, title, member["id"], editor, representative))
    for person, of in ((network.chair, network.members[-2]), (network.secretary, network.members[-1])):
        await stage.grant(person, Role.viewer, of.id)
    await stage.act(network.coordinator, base, "activate")
    await _choose(stage, network)
    return network


async def _choose(stage: Stage, network: NetworkScene) -> None:
    """The founding meeting chose chair and secretary; two members say so."""
    given = {
        "network_id": network.id,
        "title": "Perustava kokous",
        "starts_at": stage.moment(-61, "16:15"),
        "place": "Oulu10, Torikatu 10",
    }
    meeting = await stage.post(network.coordinator, "/meetings", given)
    path = f"/meetings/{meeting['id']}"
    await stage.act(network.coordinator, path, "hold")
    for role, person in (("chair", network.chair), ("secretary", network.secretary)):
        recorded = await stage.post(
            network.coordinator, f"{path}/role-choices", {"role": role, "principal_id": str(person.id)}
        )
        choice = next(one["id"] for one in recorded["role_choices"] if one["role"] == role)
        for member in network.members[:2]:
            await stage.post(member.representative, f"{path}/role-choices/{choice}/confirm", {})


async def _needs(stage: Stage, network: NetworkScene, areas: dict[str, str]) -> list[str]:
    found = []
    for number, need in enumerate(NEEDS):
        member = network.members[SWEDISH_SPEAKING if need.language == "sv" else number]
        made = await stage.post(
            member.editor,
            "/needs",
            {
                "network_id": network.id,
                "raised_for_organisation_id": member.id,
                "municipality_code": OULU,
                "area_id": areas[need.area],
                "target_groups": [OLDER_PEOPLE],
                "title": need.title,
                "description": need.description,
                "evidence": EVIDENCE[need.language],
                "language": need.language,
            },
        )
        found.append(made["id"])
        for step in STEPS.get(need.action, (need.action,)):
            body = {"closing_note": "Kaupunki avasi lounaspaikan uudelleen."} if step == "drop" else None
            await stage.act(network.coordinator, f"/needs/{made['id']}", step, body)
    return found


async def _calls(stage: Stage, funder: str, city: str, officer: Person) -> tuple[str, str]:
    clerk = await stage.person("Risto Rahoittaja", "editor of STEA", "rahoittaja@demo.example")
    await stage.grant(clerk, Role.editor, funder)
    calls = []
    for who, organisation, body in (
        (
            clerk,
            funder,
            {
                "names": {"fi": "Hankeavustukset 2027", "sv": "Projektunderstöd 2027", "en": "Project grants 2027"},
                "opens_at": stage.moment(-49, "08:00"),
                "closes_at": stage.moment(60, "16:15"),
                "total_cents": 250_000_000,
                "max_cents": 30_000_000,
                "legal_forms": ["registered_association", "foundation"],
                "partner_required": True,
            },
        ),
        (
            officer,
            city,
            {
                "names": {
                    "fi": "Kumppanuusavustus 2027",
                    "sv": "Partnerskapsunderstöd 2027",
                    "en": "Partnership grant 2027",
                },
                "opens_at": stage.moment(-49, "08:00"),
                "closes_at": stage.moment(90, "16:15"),
                "max_cents": 5_000_000,
            },
        ),
    ):
        made = await stage.post(who, "/calls", {"funder_id": organisation, **body})
        await stage.act(who, f"/calls/{made['id']}", "publish")
        calls.append(str(made["id"]))
    return calls[0], calls[1]


async def _policy(stage: Stage, decider: Person, authority: str, networks: list[str], body: str, section: str) -> None:
    await stage.post(
        decider,
        "/gate-policies",
        {
            "authority_id": authority,
            "network_ids": networks,
            "target_groups": [OLDER_PEOPLE],
            "reason": REASON,
            "starts_on": stage.day(-50),
            "decided_by_body": body,
            "decided_on": stage.day(-55),
            "decision_section": section,
        },
    )
