"""The directory, an organisation's contacts and its people as tables, in the words that the import reads."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select as core_select
from sqlmodel import col

from puumerkki.imports.templates import Template
from puumerkki.kernel.reads.exports import LANGUAGES, Export, Value, in_three
from puumerkki.kernel.reads.listings import json_object
from puumerkki.organisations import queries
from puumerkki.organisations.models.organisations import Contact, Organisation
from puumerkki.organisations.queries import people

SECTORS = in_three(
    municipality=("kunta", "kommun", "municipality"),
    wellbeing_county=("hyvinvointialue", "välfärdsområde", "wellbeing services county"),
    association=("yhdistys", "förening", "association"),
    parish=("seurakunta", "församling", "parish"),
    company=("yritys", "företag", "company"),
    village_committee=("kylätoimikunta", "bykommitté", "village committee"),
    action_group=("toimintaryhmä", "Leader-grupp", "action group"),
    residents=("asukasryhmä", "invånargrupp", "residents"),
    state=("valtion viranomainen", "statlig myndighet", "state authority"),
    foundation=("säätiö", "stiftelse", "foundation"),
)
LEGAL_FORMS = in_three(
    registered_association=("rekisteröity yhdistys", "registrerad förening", "registered association"),
    unregistered_group=("rekisteröimätön ryhmä", "oregistrerad grupp", "unregistered group"),
    municipality=("kunta", "kommun", "municipality"),
    joint_authority=("kuntayhtymä", "samkommun", "joint authority"),
    wellbeing_county=("hyvinvointialue", "välfärdsområde", "wellbeing services county"),
    state_agency=("valtion virasto", "statligt ämbetsverk", "state agency"),
    parish=("seurakunta", "församling", "parish"),
    parish_union=("seurakuntayhtymä", "kyrklig samfällighet", "parish union"),
    religious_community=("uskonnollinen yhdyskunta", "religionssamfund", "religious community"),
    foundation=("säätiö", "stiftelse", "foundation"),
    limited_company=("osakeyhtiö", "aktiebolag", "limited company"),
    cooperative=("osuuskunta", "andelslag", "cooperative"),
    other=("muu oikeudellinen muoto", "annan juridisk form", "other legal form"),
)
_STATES = in_three(active=("toiminnassa", "aktiv", "active"), archived=("arkistoitu", "arkiverad", "archived"))
HEADINGS = in_three(
    id=("Tunniste", "Id", "Id"),
    name_fi=("Nimi suomeksi", "Namn på finska", "Name in Finnish"),
    name_sv=("Nimi ruotsiksi", "Namn på svenska", "Name in Swedish"),
    name_en=("Nimi englanniksi", "Namn på engelska", "Name in English"),
    sector=("Sektori", "Sektor", "Sector"),
    legal_form=("Oikeudellinen muoto", "Juridisk form", "Legal form"),
    business_id=("Y-tunnus", "FO-nummer", "Business ID"),
    association_register_number=("Yhdistysrekisterinumero", "Föreningsregisternummer", "Association register number"),
    home_municipality=("Kotikunta", "Hemkommun", "Home municipality"),
    municipalities=("Toimintakunnat", "Verksamhetskommuner", "Municipalities"),
    website=("Kotisivu", "Webbplats", "Website"),
    external_scheme=("Lähdejärjestelmä", "Källsystem", "External scheme"),
    external_id=("Lähdetunnus", "Källans id", "External id"),
    public_email=("Julkinen sähköposti", "Offentlig e-post", "Public email"),
    public_phone=("Julkinen puhelin", "Offentlig telefon", "Public phone"),
    another=("On toinen", "Är en annan", "Another"),
    state=("Tila", "Status", "State"),
)
WORDS = {"sector": SECTORS, "legal_form": LEGAL_FORMS, "state": _STATES}


def _external(place: int) -> Value:
    """Of the other systems that know it the first by name: its short name, or the id there."""
    return lambda item: min(item["external_ids"].items())[place] if item["external_ids"] else None


def _contact(key: str) -> Value:
    return lambda item: (item["contact"] or {}).get(key)


def names(key: str, prefix: str = "name") -> Mapping[str, Value]:
    """A column for each language of names."""

    def in_language(language: str) -> Value:
        return lambda item: (item[key] or {}).get(language)

    return {f"{prefix}_{language}": in_language(language) for language in ("fi", "sv", "en")}


_CONTACT = (
    core_select(json_object({"email": col(Contact.email), "phone": col(Contact.phone)}))
    .where(col(Contact.organisation_id) == col(Organisation.id), col(Contact.public))
    .order_by(col(Contact.created_at), col(Contact.id))
    .limit(1)
    .correlate(Organisation)
    .scalar_subquery()
)
ORGANISATIONS_EXPORTED = Export(
    listing=replace(
        queries.ORGANISATIONS,
        name="organisations_export",
        item={**queries.ORGANISATIONS.item, "external_ids": queries.EXTERNAL_IDS, "contact": _CONTACT},
    ),
    file="organisations",
    sort="name",
    columns={
        "id": "id",
        **names("names"),
        "sector": "sector",
        "legal_form": "legal_form",
        "business_id": "business_id",
        "association_register_number": "association_register_number",
        "home_municipality": "home_municipality_code",
        "municipalities": "municipality_codes",
        "website": "website",
        "external_scheme": _external(0),
        "external_id": _external(1),
        "public_email": _contact("email"),
        "public_phone": _contact("phone"),
        "state": "state",
    },
    headings=HEADINGS,
    words=WORDS,
)
CONTACTS_EXPORTED = Export(
    listing=queries.CONTACTS,
    file="contacts",
    sort="created_at",
    columns={name: name for name in ("id", "name", "role", "email", "phone", "public")},
    headings=in_three(
        id=("Tunniste", "Id", "Id"),
        name=("Nimi", "Namn", "Name"),
        role=("Tehtävä", "Uppgift", "Role"),
        email=("Sähköposti", "E-post", "Email"),
        phone=("Puhelin", "Telefon", "Phone"),
        public=("Julkinen", "Offentlig", "Public"),
    ),
)

ROLE_NAMES = in_three(
    viewer=("lukija", "läsare", "viewer"),
    editor=("muokkaaja", "redigerare", "editor"),
    owner=("pääkäyttäjä", "huvudanvändare", "administrator"),
    signatory=("nimenkirjoittaja", "namntecknare", "signatory"),
    officer=("valmistelija", "beredare", "officer"),
    decider=("päättäjä", "beslutsfattare", "decision-maker"),
    registry=("kirjaaja", "registrator", "registrar"),
)
_OF_PEOPLE = in_three(
    id=("Tunniste", "Id", "Id"),
    name=("Nimi", "Namn", "Name"),
    email=("Sähköposti", "E-post", "Email"),
    role=("Rooli", "Roll", "Role"),
    language=("Kieli", "Språk", "Language"),
    kind=("Laji", "Slag", "Kind"),
)
PEOPLE_EXPORTED = Export(
    listing=people.PEOPLE,
    file="people",
    sort="name",
    columns={"id": "principal_id", "name": "name", "role": "roles", "kind": "kind"},
    headings=_OF_PEOPLE,
    words={
        "role": ROLE_NAMES,
        "kind": in_three(
            user=("henkilö", "person", "person"),
            service_account=("palvelutunnus", "tjänstekonto", "service account"),
        ),
    },
)
PEOPLE_TEMPLATE = Template(
    headings=_OF_PEOPLE,
    words={"role": ROLE_NAMES},
    marked="name",
    example={"email": "etunimi.sukunimi@example.org", "role": ROLE_NAMES["editor"], "language": LANGUAGES["fi"]},
)
ORGANISATIONS_TEMPLATE = Template(
    headings=HEADINGS,
    words=WORDS,
    marked="name_fi",
    example={
        "sector": SECTORS["association"],
        "legal_form": LEGAL_FORMS["registered_association"],
        "association_register_number": "123.456",
        "home_municipality": {"fi": "Oulu", "sv": "Uleåborg", "en": "Oulu"},
        "municipalities": "Oulu | Kempele",
        "website": "https://www.example.org",
        "public_email": "info@example.org",
        "public_phone": "040 123 4567",
    },
)
