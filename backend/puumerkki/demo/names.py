"""Invented associations and their doings. Municipalities, counties and STEA are real public bodies."""

from dataclasses import dataclass

UNCONFIRMED = "Hietasaaren Iltatuuli ry"
MERGED = "Toppilan Lähipiiri ry"
TWICE = "Tuiran Vanhustentuki"
ASSOCIATIONS = (
    "Oulun Kotiystävät ry",
    "Tuiran Vanhusten Tuki ry",
    "Pohjolan Muistiyhdistys Havu ry",
    "Oulun Omaishoitajien Olkapää ry",
    "Eläkeläiset Yhdessä Oulu ry",
    "Haukiputaan Lähimmäisapu ry",
    "Kiimingin Kylätalkoot ry",
    "Ikäihmisten Liikunta Ote ry",
    "Oulun Seniorikuoro Kaiku ry",
    "Yksinäisyystyö Valokeila ry",
    "Oulunsalon Eläkkeensaajat ry",
    "Digiapu Seniorille ry",
    "Kaukovainion Asukastupa ry",
    "Pohjoisen Näkövammaisten Tuki ry",
    "Svenska Seniorer i Uleåborg rf",
    "Oulun Saattajat ry",
    "Ylikiimingin Kyläyhdistys Koivu ry",
    "Mielen Valo Oulu ry",
    "Ruokaa ja Seuraa ry",
    "Rintamanaisten Perintö Oulu ry",
)

SWEDISH_SPEAKING = ASSOCIATIONS.index("Svenska Seniorer i Uleåborg rf")

AREAS = (
    {"fi": "Tuira"},
    {"fi": "Kaukovainio"},
    {"fi": "Haukipudas"},
    {"fi": "Kiiminki", "sv": "Kiminge"},
    {"fi": "Oulunsalo", "sv": "Uleåsalo"},
    {"fi": "Ylikiiminki", "sv": "Överkiminge"},
    {"fi": "Höyhtyä"},
    {"fi": "Rajakylä"},
    {"fi": "Keskusta", "sv": "Centrum", "en": "City centre"},
)

NETWORKS = {
    "ELAMANKAARI": {"fi": "Elämänkaari", "sv": "Livsbågen", "en": "Elämänkaari, the life course network"},
    "KOTONA": {
        "fi": "Kotona asuvien verkosto",
        "sv": "Nätverket för äldre som bor hemma",
        "en": "Network for older people living at home",
    },
}
"""By the beginning of their numbers."""
GOALS = {
    "fi": "Jokainen ikäihminen Oulussa saa seuraa, tukea ja tietoa läheltä.",
    "sv": "Varje äldre person i Uleåborg får sällskap, stöd och information nära hemmet.",
    "en": "Every older person in Oulu finds company, support and information close to home.",
}
REASON = {
    "fi": "Kumppanuus ratkaistaan, kun verkosto on antanut puumerkin.",
    "sv": "Partnerskapet avgörs när nätverket har gett sitt bomärke.",
    "en": "The partnership is decided on once the network has given its puumerkki.",
}
"""Why the authorities require the puumerkki."""


@dataclass(frozen=True)
class RaisedNeed:
    """A need as a member wrote it, and what the network did with it."""

    area: str
    title: str
    description: str
    action: str
    language: str = "fi"


NEEDS = (
    RaisedNeed(
        "Tuira",
        "Yksin asuvien yli 80-vuotiaiden iltayksinäisyys",
        "Joka kolmas kotihoidon asiakas ei tapaa ketään viikonloppuisin.",
        "agree",
    ),
    RaisedNeed("Kaukovainio", "Kohtaamispaikka ilman portaita", "Asukastuvalle pääsee vain portaita pitkin.", "agree"),
    RaisedNeed("Haukipudas", "Kyyti ryhmiin ja kauppaan", "Bussi kulkee kahdesti päivässä.", "agree"),
    RaisedNeed("Kiiminki", "Omaishoitajien sijaisapu", "Sijaista joutuu odottamaan neljä viikkoa.", "begin"),
    RaisedNeed("Oulunsalo", "Ohjattua liikuntaa muistisairaille", "Kaupungin ryhmät ovat täynnä.", "meet"),
    RaisedNeed("Ylikiiminki", "Digiapua kotiin", "Pankki sulki konttorinsa.", "agree"),
    RaisedNeed("Höyhtyä", "Ruokailuseuraa", "Lounaspaikka suljettiin kesällä.", "drop"),
    RaisedNeed("Rajakylä", "Saattoapua lääkäriin", "Lääkärikäyntejä jää väliin, kun saattajaa ei ole.", "raise"),
    RaisedNeed(
        "Keskusta",
        "Samtalsgrupper på svenska",
        "De som bor ensamma har sällan någon att tala svenska med.",
        "agree",
        "sv",
    ),
    RaisedNeed(
        "Keskusta",
        "Help with official letters in English",
        "Older people who have moved to Oulu often cannot read the letters they receive.",
        "agree",
        "en",
    ),
)
EVIDENCE = {
    "fi": "Alueen työpaja, syksy 2026.",
    "sv": "Verkstad i området, hösten 2026.",
    "en": "A workshop in the area, autumn 2026.",
}
SWEDISH_NEED = next(number for number, need in enumerate(NEEDS) if need.language == "sv")

RULES = {
    "fi": "Verkosto käsittelee jäsenten hakemukset, joissa kaupunkia pyydetään kumppaniksi, ennen kaupunkia.\n\n"
    "Hakemuksen lukevat kaikki jäsenet. Hakija ei äänestä omasta hakemuksestaan.\n\n"
    "Puumerkki annetaan, kun enemmistö puoltaa. Jos puumerkki jätetään antamatta, verkosto perustelee sen.",
    "sv": "Nätverket behandlar medlemmarnas ansökningar där staden ombeds bli partner, innan staden gör det.\n\n"
    "Alla medlemmar läser ansökan. Sökanden röstar inte om sin egen ansökan.\n\n"
    "Bomärket ges när en majoritet förordar. Om bomärket inte ges motiverar nätverket det.",
    "en": "Before the city does, the network handles its members' applications that ask the city to be a partner.\n\n"
    "All members read the application. The applicant does not vote.\n\n"
    "The puumerkki is given when a majority is in favour. If it is not given, the network states its reasons.",
}
RULES_ON_HURRY = {
    "fi": "Jos haun määräaika on lähellä, jäsenet lukevat hakemuksen viikossa.",
    "sv": "Om ansökningstiden snart går ut läser medlemmarna ansökan inom en vecka.",
    "en": "If a call closes soon, the members read the application within a week.",
}
"""What the second version of the rules adds."""

PURPOSES = {
    "Yhdessä kotona": "Yksin asuvat ikäihmiset jäävät ilman seuraa iltaisin ja viikonloppuisin.",
    "Muistikahvila joka kylään": "Muistisairaiden läheiset tarvitsevat vertaistukea lähellä kotia.",
    "Omaishoitajan vapaapäivä": "Omaishoitajat väsyvät, kun sijaista ei saa.",
    "Kuoro soi palvelutalossa": "Palvelutaloissa on vähän kulttuuria, johon asukas itse osallistuu.",
    "Digiapua kotiovelle": "Asiointi on siirtynyt verkkoon, eivätkä kaikki pääse mukaan.",
    "Askel kerrallaan": "Kaatuminen on yleisin syy sairaalaan joutumiseen yli 75-vuotiailla.",
    "Saattajapankki": "Lääkärikäyntejä jää väliin, kun saattajaa ei ole.",
    "Kohtaamispaikka Kaukovainiolle": "Alueelta puuttuu esteetön paikka tavata muita.",
    "Lounaspöytä": "Yksin syöminen vie ruokahalun ja voimat.",
    "Kyläauto": "Harvaan asutulla alueella ei pääse ryhmiin eikä kauppaan.",
    "Tillsammans på svenska": "Svenskspråkiga äldre i Uleåborg saknar samtalsgrupper på sitt språk.",
    "Valoa pimeään vuodenaikaan": "Marraskuusta helmikuuhun avunpyyntöjä tulee kaksin verroin.",
    "Yhteinen vanhustyön koulutus": "Vapaaehtoiset tarvitsevat koulutusta, jota yksikään yhdistys ei yksin järjestä.",
}

CONTENTS = {
    "fi": {
        "goals": "Kahdessa vuodessa toiminta tavoittaa kaksisataa ikäihmistä.",
        "methods": "Koulutetut vapaaehtoiset ja yksi työntekijä, ryhmiä ja kotikäyntejä joka viikko.",
        "partners": "Verkoston jäsenet ja Oulun kaupunki.",
        "complements": "Täydentää kaupungin ja hyvinvointialueen palveluja, ei korvaa niitä.",
        "cooperation": "Tiloja, koulutusta ja yhteistä viestintää.",
    },
    "sv": {
        "goals": "På två år når verksamheten tvåhundra äldre.",
        "methods": "Utbildade frivilliga och en anställd, grupper och hembesök varje vecka.",
        "partners": "Nätverkets medlemmar och Uleåborgs stad.",
        "complements": "Kompletterar stadens och välfärdsområdets tjänster, ersätter dem inte.",
        "cooperation": "Lokaler, utbildning och gemensam kommunikation.",
    },
}
"""What all applications say alike, in the language in which they are written."""
COSTS = {
    "fi": {
        "asks": "Tilat ja yhteinen koulutus.",
        "salaries": "Palkat",
        "groups": "Ryhmien tarvikkeet",
        "premises": "Tilat",
        "city": "Oulun kaupunki",
    },
    "sv": {
        "asks": "Lokaler och gemensam utbildning.",
        "salaries": "Löner",
        "groups": "Gruppernas material",
        "premises": "Lokaler",
        "city": "Uleåborgs stad",
    },
}
"""What they ask of authorities, and what their budgets name."""
