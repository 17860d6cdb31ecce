"""The two pages of the link by which one unsubscribes: plain HTML, for mail programs may open them without the app."""

_PAGE = (
    '<!doctype html>\n<html lang="fi"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Puumerkki</title></head>\n'
    "<body><main><h1>Puumerkki</h1>\n{content}\n</main></body></html>\n"
)
_ASKED = (
    ("fi", "Haluatko, ettei palvelun tapahtumista enää lähetetä sinulle sähköpostia?"),
    ("sv", "Vill du sluta få e-post om vad som händer i tjänsten?"),
    ("en", "Do you want to stop getting emails about what happens in the service?"),
)
_DONE = (
    (
        "fi",
        "Et saa enää sähköpostia tapahtumista. Tehtävistäsi kerrotaan edelleen. Muuta valintaa profiilissasi.",
    ),
    ("sv", "Du får inte längre e-post om vad som händer. Dina uppgifter meddelas även nu. Ändra valet i din profil."),
    ("en", "You get no more emails about what happens. You still hear of your tasks. Change this in your profile."),
)
_BUTTON = '<form method="post"><button type="submit">Lopeta · Sluta · Stop</button></form>'


def unsubscribe_page() -> str:
    """What a GET shows: a button, and nothing of whose link it is."""
    return _PAGE.format(content=_said(_ASKED) + _BUTTON)


def unsubscribed_page() -> str:
    """What is shown once it is done."""
    return _PAGE.format(content=_said(_DONE))


def _said(lines: tuple[tuple[str, str], ...]) -> str:
    return "".join(f'<p lang="{language}">{text}</p>\n' for language, text in lines)
