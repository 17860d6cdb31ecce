"""What roles are called in mails: the same as on the screens."""

from puumerkki.access.roles import Role

_NAMES: dict[Role, dict[str, str]] = {
    Role.viewer: {"fi": "lukija", "sv": "läsare", "en": "viewer"},
    Role.editor: {"fi": "muokkaaja", "sv": "redigerare", "en": "editor"},
    Role.owner: {"fi": "pääkäyttäjä", "sv": "huvudanvändare", "en": "administrator"},
    Role.signatory: {"fi": "nimenkirjoittaja", "sv": "namntecknare", "en": "signatory"},
    Role.officer: {"fi": "valmistelija", "sv": "beredare", "en": "officer"},
    Role.decider: {"fi": "päättäjä", "sv": "beslutsfattare", "en": "decider"},
    Role.registry: {"fi": "kirjaaja", "sv": "registrator", "en": "registrar"},
    Role.representative: {"fi": "edustaja", "sv": "representant", "en": "representative"},
    Role.deputy: {"fi": "varaedustaja", "sv": "ersättare", "en": "deputy"},
    Role.coordinator: {"fi": "koordinaattori", "sv": "koordinator", "en": "coordinator"},
    Role.chair: {"fi": "puheenjohtaja", "sv": "ordförande", "en": "chair"},
    Role.secretary: {"fi": "sihteeri", "sv": "sekreterare", "en": "secretary"},
    Role.observer: {"fi": "tarkkailija", "sv": "observatör", "en": "observer"},
    Role.operator: {"fi": "ylläpitäjä", "sv": "administratör", "en": "operator"},
    Role.inspector: {"fi": "tarkastaja", "sv": "granskare", "en": "inspector"},
}


def role_name(role: Role, language: str) -> str:
    """The role's name in one of the languages of the screens."""
    return _NAMES[role][language]
