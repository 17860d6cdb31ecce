"""Applications in every state, each told as it would have happened."""

from dataclasses import dataclass
from typing import Any

from puumerkki.demo.api_driver import Stage
from puumerkki.demo.base_data import Member, NetworkScene, Scene
from puumerkki.demo.names import CONTENTS, COSTS, PURPOSES, SWEDISH_NEED, SWEDISH_SPEAKING

VOTES_AGAINST = {"choice": "against", "reason": "Samaa tehdään alueella jo kahdessa paikassa."}
VOTES_FOR = {"choice": "for"}
BALLOTED = (
    "Yhdessä kotona",
    "Muistikahvila joka kylään",
    "Omaishoitajan vapaapäivä",
    "Kuoro soi palvelutalossa",
    "Askel kerrallaan",
    "Saattajapankki",
)


@dataclass
class Story:
    """One application on its way."""

    stage: Stage
    scene: Scene
    network: NetworkScene
    applicant: Member
    application: str
    handling: str = ""

    @property
    def path(self) -> str:
        return f"/applications/{self.application}"

    @property
    def handling_path(self) -> str:
        return f"/handlings/{self.handling}"

    async def submit(self) -> None:
        await self.stage.act(self.applicant.editor, self.path, "submit")
        theirs = f"/handlings?application={self.application}&network={self.network.id}"
        found = await self.stage.get(self.network.coordinator, theirs)
        self.handling = found["items"][0]["id"]

    async def read(self) -> None:
        await self.stage.act(self.network.coordinator, self.handling_path, "begin_review")
        read_on = {"read_on": self.stage.today(), "note": "Luettiin yhdessä etänä."}
        await self.stage.act(self.network.coordinator, self.handling_path, "readings", read_on)

    async def open_ballot(self) -> None:
        await self.stage.act(self.network.coordinator, self.handling_path, "open_ballot")

    async def vote(self, *votes: dict[str, Any]) -> None:
        """The members vote in turn, the applicant and who stands aside left out."""
        voters = [member for member in self.network.members if member.id != self.applicant.id]
        for member, vote in zip(voters, votes, strict=False):
            await self.stage.put(member.representative, f"{self.handling_path}/ballot/votes/{member.member_id}", vote)

    async def conclude(self, action: str, body: dict[str, Any] | None = None) -> None:
        await self.stage.act(self.network.coordinator, self.handling_path, action, body)

    async def request(self, authority: str) -> str:
        """The partner request at an authority."""
        path = f"/partner-requests?application={self.application}&authority={authority}"
        return str((await self.stage.get(self.applicant.editor, path))["items"][0]["id"])


async def tell(stage: Stage, scene: Scene) -> None:
    """Every story, the oldest first."""
    asked = {"Saattajapankki": [scene.city, scene.county]}
    with stage.days_ago(40):
        early = {
            title: await _begun(stage, scene, number, title, authorities=asked.get(title))
            for number, title in enumerate(list(PURPOSES)[:9])
        }
        both = await _begun(stage, scene, 9, "Yhteinen vanhustyön koulutus", authorities=[scene.city, scene.county])
        for story in (*early.values(), both):
            await story.submit()
            await story.read()
    with stage.days_ago(32):
        returned = early["Digiapua kotiovelle"]
        points = [{"part": "methods", "body": "Kertokaa, miten avustajat koulutetaan."}]
        await returned.conclude("return", {"points": points, "answer_by": stage.day(10)})
        lunch = early["Lounaspöytä"]
        owner = lunch.applicant.representative
        await stage.act(owner, lunch.path, "withdraw")
        for title in BALLOTED:
            await early[title].open_ballot()
        await both.open_ballot()
    with stage.days_ago(30):
        for title in ("Yhdessä kotona", "Muistikahvila joka kylään", "Askel kerrallaan"):
            await early[title].vote(*[VOTES_FOR] * 14, VOTES_AGAINST)
        conditional = {"choice": "for_with_conditions", "condition": "Sijaisapua myös Ylikiimingissä."}
        await early["Omaishoitajan vapaapäivä"].vote(conditional, *[VOTES_FOR] * 12)
        await early["Kuoro soi palvelutalossa"].vote(*[VOTES_AGAINST] * 9, *[VOTES_FOR] * 4)
        await early["Saattajapankki"].vote(*[VOTES_FOR] * 3)
        await both.vote(*[VOTES_FOR] * 16)
    with stage.days_ago(24):
        await stage.tick()
        for story in (early["Yhdessä kotona"], early["Muistikahvila joka kylään"], early["Askel kerrallaan"], both):
            await story.conclude("endorse")
        with_condition = early["Omaishoitajan vapaapäivä"]
        proposer = next(member for member in with_condition.network.members if member.id != with_condition.applicant.id)
        answered = f"conditions/{proposer.member_id}"
        ballot = f"{with_condition.handling_path}/ballot"
        await stage.act(with_condition.network.coordinator, ballot, answered, {"taken": True, "when": "before"})
        await with_condition.conclude("endorse")
        await early["Kuoro soi palvelutalossa"].conclude("decline", {"reason": "Toiminta on jo järjestetty alueella."})
        await early["Saattajapankki"].conclude("reopen_review", {"reason": "Äänestys ei ollut päätösvaltainen."})
    with stage.days_ago(20):
        await _decided(stage, scene, early["Yhdessä kotona"])
        await _prepared(stage, scene, early["Muistikahvila joka kylään"])
        await _revoked_at_own_wish(stage, early["Askel kerrallaan"])
        await _decided(stage, scene, both)
        await _filed(stage, scene, early["Yhdessä kotona"])
    with stage.days_ago(9):
        late = await _begun(stage, scene, SWEDISH_SPEAKING, "Tillsammans på svenska", language="sv")
        await _apply_together(stage, late, scene.network.members[10])
        await late.submit()
        await late.read()
        arrived = await _begun(stage, scene, 11, "Kyläauto", groups=["KR1"])
        await arrived.submit()
        await _released(stage, scene, arrived)
    with stage.days_ago(3):
        await _waived(stage, scene, early["Saattajapankki"])
        await _proposed(stage, scene, early["Saattajapankki"])
    with stage.days_ago(2):
        closed = {"way": "cause", "cause": "false_facts", "reason": "Hakemuksessa nimetty kahvilatila on suljettu."}
        await early["Muistikahvila joka kylään"].conclude("revocations", closed)
        await late.open_ballot()
        await late.vote(*[VOTES_FOR] * 5)
        waiting = await _begun(stage, scene, 12, "Valoa pimeään vuodenaikaan")
        await _ask_to_apply(stage, waiting, scene.network.members[13])


async def _revoked_at_own_wish(stage: Stage, story: Story) -> None:
    """The applicant says that it asks for it, so nobody waits; the representative of another member confirms it."""
    given = {"way": "cause", "cause": "applicant_asks", "reason": "Hakija ilmoitti muuttavansa suunnitelmaa."}
    await story.conclude("revocations", given)
    view = {"view": "Pyydämme peruuttamista, koska suunnitelma muuttuu.", "asks": True}
    await stage.put(story.applicant.editor, f"{story.handling_path}/revocation/view", view)
    second = next(member for member in story.network.members if member.id != story.applicant.id)
    await stage.act(second.representative, story.handling_path, "revocation/confirm")


async def _ask_to_apply(stage: Stage, story: Story, other: Member) -> None:
    """The applicant asks another member to apply together."""
    await stage.patch(story.applicant.editor, story.path, {"co_applicant_ids": [other.id]})


async def _apply_together(stage: Stage, story: Story, other: Member) -> None:
    """The other member says yes."""
    await _ask_to_apply(stage, story, other)
    await stage.put(other.representative, f"{story.path}/applicants/{other.id}", {"answer": "accepted"})


async def _begun(
    stage: Stage,
    scene: Scene,
    number: int,
    title: str,
    *,
    authorities: list[str] | None = None,
    language: str = "fi",
    groups: list[str] | None = None,
) -> Story:
    applicant, applied = scene.network.members[number], 4_800_000 + 350_000 * number
    made = await stage.post(
        applicant.editor,
        "/applications",
        {
            "applicant_id": applicant.id,
            "title": title,
            "language": language,
            "call_id": scene.call,
            "amount_cents": applied,
            "content": _content(title, language, applied) | ({"target_groups": groups} if groups else {}),
            "network_ids": [scene.network.id],
            "authorities": [
                {"authority_id": one, "asks": COSTS[language]["asks"]} for one in authorities or [scene.city]
            ],
            "area_ids": [scene.areas[number % len(scene.areas)]],
            "need_ids": [scene.needs[SWEDISH_NEED if language == "sv" else number % 4]],
        },
    )
    return Story(stage, scene, scene.network, applicant, made["id"])


def _content(title: str, language: str, applied: int) -> dict[str, Any]:
    """What is applied for is what the grant pays; the city pays for the premises."""
    costs, material = COSTS[language], 600_000
    return {
        **CONTENTS[language],
        "purpose": PURPOSES[title],
        "target_groups": ["KR1.1"],
        "duration": {"starts_on": "2027-02-01", "ends_on": "2029-01-31"},
        "budget": {
            "items": [
                {"key": "palkat", "name": costs["salaries"], "cents": applied - material},
                {"key": "ryhmat", "name": costs["groups"], "cents": material},
                {"key": "tilat", "name": costs["premises"], "cents": 400_000, "source": costs["city"]},
            ]
        },
    }


async def _prepared(stage: Stage, scene: Scene, story: Story) -> None:
    request = await story.request(scene.city)
    await stage.act(scene.officer, f"/partner-requests/{request}", "begin")


async def _decided(stage: Stage, scene: Scene, story: Story) -> None:
    await _prepared(stage, scene, story)
    request = await story.request(scene.city)
    await stage.act(
        scene.decider,
        f"/partner-requests/{request}",
        "decide",
        {
            "outcome": "letter_of_intent",
            "contributions": [{"kind": "premises", "description": "Kokoontumistila kahdesti viikossa."}],
            "body": "Hyvinvointijohtaja",
            "decided_on": stage.today(),
            "section": "§ 12",
            "appeal": "Oikaisuvaatimus kaupunginhallitukselle 14 päivän kuluessa päätöksen tiedoksisaannista.",
        },
    )


async def _released(stage: Stage, scene: Scene, story: Story) -> None:
    """For all residents: the requirement came by a wider group, and the officer releases it."""
    path = f"/partner-requests/{await story.request(scene.city)}"
    [row] = (await stage.get(scene.officer, path))["requirements"]
    given = {"reason": "Kyläauto palvelee kaikkia kyläläisiä, ei erityisesti ikäihmisiä."}
    await stage.act(scene.officer, path, f"requirements/{row['id']}/release", given)


async def _waived(stage: Stage, scene: Scene, story: Story) -> None:
    """The network has not answered in its time: the county goes on without its puumerkki."""
    path = f"/partner-requests/{await story.request(scene.county)}"
    [row] = (await stage.get(scene.county_decider, path))["requirements"]
    given = {
        "ground": "network_did_not_answer",
        "reason": "Verkoston käsittelyaika ja äänestysaika ovat päättyneet eikä ratkaisua ole tullut.",
        "body": "Järjestöyhteistyön päällikkö",
        "decided_on": stage.today(),
        "section": "§ 31",
    }
    await stage.act(scene.county_decider, path, f"requirements/{row['id']}/waive", given)
    await stage.act(scene.county_officer, path, "begin")


async def _proposed(stage: Stage, scene: Scene, story: Story) -> None:
    """The county's officer proposes what a decider has yet to decide."""
    await stage.act(
        scene.county_officer,
        f"/partner-requests/{await story.request(scene.county)}",
        "propose",
        {
            "outcome": "commitment",
            "contributions": [
                {"kind": "working_time", "hours": 120, "description": "Järjestökoordinaattori kouluttaa saattajat."},
                {"kind": "money", "cents": 350_000, "description": "Saattajien matkakulut."},
            ],
            "body": "Järjestöyhteistyön päällikkö",
            "section": "§ 34",
            "reason": "Saattaja auttaa asioimaan vastaanotolla, kun omaista ei ole lähellä.",
            "appeal": "Oikaisuvaatimus aluehallitukselle 14 päivän kuluessa päätöksen tiedoksisaannista.",
        },
    )


async def _filed(stage: Stage, scene: Scene, story: Story) -> None:
    """Sent to the funder and granted in part."""
    filing = await stage.post(
        story.applicant.editor,
        "/filings",
        {"application_id": story.application, "funder_id": scene.funder, "call_id": scene.call},
    )
    path = f"/filings/{filing['id']}"
    await stage.act(story.applicant.editor, path, "file", {"filed_on": stage.today(), "version_number": 1})
    await stage.act(story.applicant.editor, path, "grant", {"granted_cents": 4_000_000, "decided_on": stage.today()})
