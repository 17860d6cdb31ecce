"""Invented associations and their doings. Municipalities, counties and STEA are real public bodies."""

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

AREAS = (
    "Tuira",
    "Kaukovainio",
    "Haukipudas",
    "Kiiminki",
    "Oulunsalo",
    "Ylikiiminki",
    "Höyhtyä",
    "Rajakylä",
    "Keskusta",
)

NEEDS = (
    (
        "Tuira",
        "Yksin asuvien yli 80-vuotiaiden iltayksinäisyys",
        "Joka kolmas kotihoidon asiakas ei tapaa ketään viikonloppuisin.",
        "agree",
    ),
    ("Kaukovainio", "Kohtaamispaikka ilman portaita", "Asukastuvalle pääsee vain portaita pitkin.", "agree"),
    ("Haukipudas", "Kyyti ryhmiin ja kauppaan", "Bussi kulkee kahdesti päivässä.", "agree"),
    ("Kiiminki", "Omaishoitajien sijaisapu", "Sijaista joutuu odottamaan neljä viikkoa.", "begin"),
    ("Oulunsalo", "Ohjattua liikuntaa muistisairaille", "Kunnan ryhmät ovat täynnä.", "meet"),
    ("Ylikiiminki", "Digiapua kotiin", "Pankki sulki konttorinsa.", "agree"),
    ("Höyhtyä", "Ruokailuseuraa", "Lounaspaikka suljettiin kesällä.", "drop"),
    ("Rajakylä", "Saattoapua lääkäriin", "Käyntejä jää väliin saattajan puuttuessa.", "raise"),
)

RULES = {
    "fi": "Verkosto käsittelee jäsenten hakemukset, joissa kaupunkia pyydetään kumppaniksi, ennen kaupunkia.\n\n"
    "Hakemuksen lukevat kaikki jäsenet. Se, jonka hakemuksesta on kyse, ei äänestä.\n\n"
    "Puumerkki annetaan, kun enemmistö puoltaa. Kielteinen päätös perustellaan.",
    "sv": "Nätverket behandlar medlemmarnas ansökningar där staden ombeds bli partner, innan staden gör det.\n\n"
    "Alla medlemmar läser ansökan. Den vars ansökan det gäller röstar inte.\n\n"
    "Bomärket ges när en majoritet förordar. Ett avslag motiveras.",
    "en": "The network handles its members' applications that ask the city to be partner before the city does.\n\n"
    "All members read the application. Whose application it is does not vote.\n\n"
    "The puumerkki is given when a majority is in favour. A refusal has its reasons.",
}

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
