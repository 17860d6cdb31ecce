"""Valid requests of what people were told, and how they want to be."""

from puumerkki.notifications import unsubscribing
from puumerkki.notifications.service.reconciling import reconcile
from puumerkki.notifications.service.telling import tell_opened
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.needs import make_need


async def be_told(cast: Cast) -> None:
    """The coordinator is told of a need."""
    need = await make_need(cast)
    opened = await reconcile(cast.world.session, touched=[need.id])
    await tell_opened(cast.world.session, opened, {})


@operation("notices_list")
async def list_notices(cast: Cast) -> Call:
    await be_told(cast)
    return Call("GET", "/notices", by="coordinator")


@operation("notices_count")
async def count_notices(cast: Cast) -> Call:
    await be_told(cast)
    return Call("GET", "/notices/unseen", by="coordinator")


@operation("notices_see")
async def see_notices(cast: Cast) -> Call:
    await be_told(cast)
    return Call("POST", "/notices/seen", by="coordinator", json={})


@operation("notice_choices_list")
async def list_notice_choices(cast: Cast) -> Call:
    return Call("GET", "/notice-choices", by="coordinator")


@operation("notice_choices_set")
async def set_notice_choice(cast: Cast) -> Call:
    return Call("PUT", "/notice-choices/tasks", by="coordinator", json={"channel": "daily"})


@operation("notice_days_set")
async def set_notice_days(cast: Cast) -> Call:
    return Call("PUT", "/notice-days", by="coordinator", json={"weekdays_only": True})


@operation("next_digest_get")
async def get_next_digest(cast: Cast) -> Call:
    return Call("GET", "/next-digest", by="coordinator")


@operation("notice_exceptions_set")
async def set_notice_exception(cast: Cast) -> Call:
    path = f"/notice-exceptions/network/{cast.network.id}"
    return Call("PUT", path, by="coordinator", json={"channel": "weekly"})


@operation("follows_list")
async def list_follows(cast: Cast) -> Call:
    person = await cast.world.again(cast["representative"])
    assert (await person.put(f"/follows/network/{cast.network.id}", None)).status_code == 204
    return Call("GET", "/follows", by="representative")


@operation("follows_follow")
async def follow_something(cast: Cast) -> Call:
    return Call("PUT", f"/follows/network/{cast.network.id}", by="representative")


@operation("follows_unfollow")
async def follow_it_no_longer(cast: Cast) -> Call:
    return Call("DELETE", f"/follows/network/{cast.network.id}", by="representative")


@operation("notices_show_unsubscribing")
async def show_unsubscribing(cast: Cast) -> Call:
    return Call("GET", f"/unsubscribe/{unsubscribing.token(cast['coordinator'].person_id)}", by="anonymous")


@operation("notices_unsubscribe")
async def unsubscribe(cast: Cast) -> Call:
    return Call("POST", f"/unsubscribe/{unsubscribing.token(cast['coordinator'].person_id)}", by="anonymous")
