"""`create-operator`: the first person of an installation."""

import asyncio
from typing import Annotated

import typer

from puumerkki.cli.installation import console, fail, prepare, require_current, session_of
from puumerkki.identity.service.people import create_operator as create
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.settings import Settings


def create_operator(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(prompt=True, help="Their name.")],
    language: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    password: Annotated[
        str | None,
        typer.Option(
            envvar="PUUMERKKI_OPERATOR_PASSWORD", help="Without one they sign in by a mailed link.", show_envvar=True
        ),
    ] = None,
) -> None:
    """Create an operator, who may do what the platform needs and sees no cases."""
    settings = prepare()
    require_current(settings)
    try:
        asyncio.run(_create(settings, email, name, password, language))
    except PuumerkkiError as error:
        raise fail(error.message) from None
    console.print(f"{email} is an operator now.")


async def _create(settings: Settings, email: str, name: str, password: str | None, language: str) -> None:
    async with session_of(settings) as session:
        await create(session, email=email, name=name, password=password, language=language)
