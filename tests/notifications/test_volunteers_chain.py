"""From the invitation to the authority's answer: every mail that a volunteer gets, in order, and no other."""

from datetime import datetime, time, timedelta

from puumerkki.kernel import clock
from tests.factories import World
from tests.notifications import chain
from tests.notifications.chain import VOLUNTEER, Chain, begun

BEGINS = datetime(2026, 11, 30, 9, tzinfo=clock.FINLAND)
"""A Monday."""
EXPECTED: dict[str, list[str]] = {
    "invited": ["Kutsu verkostoon: Elämänkaari"],
    "comes_in": [],
    "confirmed": [
        "Kutsu verkostoon: Elämänkaari",
        "Organisaatio on vahvistettu: Rajakylän Porinapiiri ry",
    ],
    "answers_the_network": [],
    "let_in": ["1 tehtävä · 2 uutta tapahtumaa"],
    "accepts_the_rulebook": [],
    "applies": ["Hakemus on saapunut: PK/2026/000001"],
    "taken_up": ["Verkosto on aloittanut käsittelyn: Porinaa Rajakylässä"],
    "returned": ["Täydennä hakemusta viimeistään 15.12.2026: Porinaa Rajakylässä"],
    "completes_it": ["Hakemus on saapunut: PK/2026/000001"],
    "put_to_the_vote": ["Äänestys on avattu: Porinaa Rajakylässä"],
    "voted": ["Verkosto on aloittanut käsittelyn: Porinaa Rajakylässä"],
    "endorsed": ["Puumerkki on annettu: Porinaa Rajakylässä"],
    "prepared": [],
    "decided": ["Kumppanuusratkaisu on tehty: PK/2026/000001", "Uutta: Porinaa Rajakylässä"],
}


def _next_morning(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(9), clock.FINLAND)


async def test_every_mail_from_the_invitation_to_the_answer(world: World) -> None:
    way = await begun(world, BEGINS)
    got: dict[str, list[str]] = {}
    for step in (
        *(chain.invited, chain.comes_in, chain.confirmed, chain.answers_the_network, chain.let_in),
        *(chain.accepts_the_rulebook, chain.applies, chain.taken_up),
        *(chain.returned, chain.completes_it, chain.put_to_the_vote, chain.voted),
        *(chain.endorsed, chain.prepared, chain.decided),
    ):
        await way.do(step)
        await way.live(_next_morning(way.now) if step in OVER_NIGHT else way.now + timedelta(hours=1))
        got[step.__name__] = await _subjects(way, after=sum(map(len, got.values())))
    assert got == EXPECTED


OVER_NIGHT = (chain.taken_up, chain.voted, chain.decided)
"""The digest comes in between."""


async def _subjects(way: Chain, *, after: int) -> list[str]:
    return [one.subject for one in await way.mails() if one.recipient == VOLUNTEER][after:]
