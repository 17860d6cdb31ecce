"""Networks and their members as tables, in the words that the import of members reads."""

from dataclasses import replace

from sqlmodel import col

from puumerkki.access.roles import REPRESENTATIVES
from puumerkki.identity.role_names import role_name
from puumerkki.imports.templates import Template
from puumerkki.kernel.field_types import UiLanguage
from puumerkki.kernel.reads.exports import LANGUAGES, Export, day, in_three
from puumerkki.kernel.reads.exports import name as name_in
from puumerkki.networks.queries.listings import MEMBERS, NETWORKS
from puumerkki.organisations.exports import SECTORS, names
from puumerkki.organisations.models.organisations import Organisation

HEADINGS = in_three(
    organisation_id=("Organisaatiotunnus", "Organisationens id", "Organisation id"),
    business_id=("Y-tunnus", "FO-nummer", "Business ID"),
    association_register_number=("Yhdistysrekisterinumero", "Föreningsregisternummer", "Association register number"),
    name=("Nimi", "Namn", "Name"),
    votes=("Äänioikeus", "Rösträtt", "Votes"),
    joined_on=("Liittyi", "Ansluten sedan", "Joined on"),
    sector=("Sektori", "Sektor", "Sector"),
    state=("Tila", "Status", "State"),
)
MEMBERS_EXPORTED = Export(
    listing=replace(
        MEMBERS,
        name="network_members_export",
        item={name: MEMBERS.item[name] for name in ("organisation_id", "organisation_names", "votes", "joined_at")}
        | {"state": MEMBERS.item["state"]}
        | {name: col(getattr(Organisation, name)) for name in ("business_id", "sector", "association_register_number")},
    ),
    file="members",
    sort="name",
    columns={
        "organisation_id": "organisation_id",
        "business_id": "business_id",
        "association_register_number": "association_register_number",
        "name": name_in("organisation_names"),
        "votes": "votes",
        "joined_on": day("joined_at"),
        "sector": "sector",
        "state": "state",
    },
    headings=HEADINGS,
    words={
        "sector": SECTORS,
        "state": in_three(
            invited=("kutsuttu", "inbjuden", "invited"),
            requested=("hakenut", "har ansökt", "asked to join"),
            active=("jäsen", "medlem", "member"),
            leaving=("poistettu, äänestää aiemmin saapuneista", "utesluten, röstar om det tidigare", "removed, votes"),
            refused=("ei hyväksytty", "avböjd", "refused"),
            left=("eronnut", "utträdd", "left"),
            removed=("poistettu", "avlägsnad", "removed"),
        ),
    },
)
NETWORKS_EXPORTED = Export(
    listing=NETWORKS,
    file="networks",
    sort="name",
    columns={
        "id": "id",
        **names("names"),
        "kind": "kind",
        "state": "state",
        "municipalities": "municipality_codes",
        "wellbeing_counties": "wellbeing_county_codes",
        "target_groups": "target_groups",
        "ends_on": day("ends_on"),
    },
    headings=in_three(
        id=("Tunniste", "Id", "Id"),
        name_fi=("Nimi suomeksi", "Namn på finska", "Name in Finnish"),
        name_sv=("Nimi ruotsiksi", "Namn på svenska", "Name in Swedish"),
        name_en=("Nimi englanniksi", "Namn på engelska", "Name in English"),
        kind=("Laji", "Slag", "Kind"),
        state=("Tila", "Status", "State"),
        municipalities=("Kunnat", "Kommuner", "Municipalities"),
        wellbeing_counties=("Hyvinvointialueet", "Välfärdsområden", "Wellbeing services counties"),
        target_groups=("Kohderyhmät", "Målgrupper", "Target groups"),
        ends_on=("Päättyy", "Slutar", "Ends on"),
    ),
    words={
        "kind": in_three(
            municipal_team=("kuntatiimi", "kommunteam", "municipal team"),
            partnership_table=("kumppanuuspöytä", "partnerskapsbord", "partnership table"),
            thematic_network=("teemaverkosto", "temanätverk", "thematic network"),
            family_centre=("perhekeskusverkosto", "familjecenternätverk", "family centre network"),
            advisory_board=("järjestöneuvottelukunta", "organisationsdelegation", "advisory board"),
            association_network=("yhdistysverkosto", "föreningsnätverk", "association network"),
            working_group=("työryhmä", "arbetsgrupp", "working group"),
        ),
        "state": in_three(
            forming=("perusteilla", "under bildande", "forming"),
            active=("toiminnassa", "aktivt", "active"),
            dormant=("tauolla", "pausat", "dormant"),
            closed=("lakkautettu", "nedlagt", "closed"),
        ),
    },
)
MEMBERS_TEMPLATE = Template(
    headings=HEADINGS,
    words={"state": MEMBERS_EXPORTED.words["state"]},
    marked="name",
    example={
        "business_id": "1234567-1",
        "votes": {"fi": "kyllä", "sv": "ja", "en": "yes"},
        "joined_on": "31.1.2026",
    },
)
_SPEAKING = {role.value: {one.value: role_name(role, one.value) for one in UiLanguage} for role in REPRESENTATIVES}
SPEAKERS_TEMPLATE = Template(
    headings=in_three(
        network=("Verkosto", "Nätverk", "Network"),
        name=("Nimi", "Namn", "Name"),
        email=("Sähköposti", "E-post", "Email"),
        role=("Rooli", "Roll", "Role"),
        language=("Kieli", "Språk", "Language"),
    ),
    words={"role": _SPEAKING},
    marked="name",
    example={
        "network": {"fi": "Verkoston nimi", "sv": "Nätverkets namn", "en": "Name of the network"},
        "email": "etunimi.sukunimi@example.org",
        "role": _SPEAKING["representative"],
        "language": LANGUAGES["fi"],
    },
)
