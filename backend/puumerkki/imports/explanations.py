"""What goes into the columns of a file for import, in three languages: by the code of what is wrong otherwise."""

from puumerkki.kernel.reads.exports import in_three

ONE_OF = ("Jokin sallituista arvoista", "Ett av de tillåtna värdena", "One of the allowed values")
EXPLANATIONS = in_three(
    name_expected=(
        "Nimi, enintään 300 merkkiä",
        "Namn, högst 300 tecken",
        "A name of at most 300 characters",
    ),
    title_expected=("Otsikko, enintään 300 merkkiä", "Rubrik, högst 300 tecken", "A title of at most 300 characters"),
    text_expected=(
        "Teksti, enintään 20 000 merkkiä",
        "Text, högst 20 000 tecken",
        "A text of at most 20,000 characters",
    ),
    sector_expected=ONE_OF,
    legal_form_expected=ONE_OF,
    agreement_kind_expected=ONE_OF,
    outcome_expected=ONE_OF,
    opening_expected=(
        "Päivä tai aika: 7.1.2027 tai 7.1.2027 klo 9.00",
        "Dag eller tid: 7.1.2027 eller 7.1.2027 kl. 9.00",
        "A day or a time: 7.1.2027 or 7.1.2027 9:00",
    ),
    closing_expected=(
        "Viimeinen päivä tai aika: 31.1.2027 tai 31.1.2027 klo 16.00",
        "Sista dagen eller en tid: 31.1.2027 eller 31.1.2027 kl. 16.00",
        "The last day or a time: 31.1.2027 or 31.1.2027 16:00",
    ),
    legal_forms_expected=(
        "Muodot, joilla voi hakea, välissä |. Tyhjä: kaikki",
        "Former som får söka, med | emellan. Tomt: alla",
        "The forms that may apply, with | between them. Empty: any",
    ),
    language_expected=ONE_OF,
    yes_or_no_expected=ONE_OF,
    business_id_expected=(
        "Seitsemän numeroa, viiva ja tarkistusnumero",
        "Sju siffror, streck och kontrollsiffra",
        "Seven digits, a dash and the check digit",
    ),
    register_number_expected=(
        "PRH:n yhdistysrekisterin numero",
        "Numret i PRS föreningsregister",
        "The number in the register of associations",
    ),
    municipality_expected=(
        "Kunnan nimi tai kolminumeroinen koodi",
        "Kommunens namn eller tresiffriga kod",
        "A municipality's name or three-digit code",
    ),
    municipalities_expected=(
        "Kuntien nimet tai koodit, välissä |",
        "Kommunernas namn eller koder, med | emellan",
        "Municipalities' names or codes, with | between them",
    ),
    target_groups_expected=(
        "Kohderyhmien koodit tai nimet, välissä |",
        "Målgruppernas koder eller namn, med | emellan",
        "Target groups' codes or names, with | between them",
    ),
    area_expected=(
        "Kunnan osan nimi, sama kuin palvelussa",
        "Namnet på en del av kommunen, samma som i tjänsten",
        "The name of a part of the municipality, as the service has it",
    ),
    web_address_expected=("Verkko-osoite", "Webbadress", "A web address"),
    scheme_expected=(
        "Toisen järjestelmän lyhyt nimi: pieniä kirjaimia ja numeroita",
        "Det andra systemets korta namn: små bokstäver och siffror",
        "The other system's short name: small letters and digits",
    ),
    external_id_expected=(
        "Tunniste toisessa järjestelmässä",
        "Identifieraren i det andra systemet",
        "The id in the other system",
    ),
    person_expected=("Nimi, enintään 100 merkkiä", "Namn, högst 100 tecken", "A name of at most 100 characters"),
    role_expected=ONE_OF,
    email_expected=("Sähköpostiosoite", "E-postadress", "An email address"),
    phone_expected=(
        "Puhelinnumero, esimerkiksi +358 40 123 4567",
        "Telefonnummer, till exempel +358 40 123 4567",
        "A phone number such as +358 40 123 4567",
    ),
    id_expected=(
        "Palvelun oma tunniste, kuten ladatussa luettelossa",
        "Tjänstens eget id, som i en nedladdad lista",
        "The service's own id, as in a list from it",
    ),
    member_state_expected=(
        "Jäsenyyden tila, kuten ladatussa luettelossa",
        "Medlemskapets status, som i en nedladdad lista",
        "The state of the membership, as in a list from the service",
    ),
    organisation_id_expected=(
        "Organisaation tunniste, kuten palvelusta ladatussa luettelossa",
        "Organisationens id, som i en lista som laddats ner från tjänsten",
        "The organisation's id, as in a list from the service",
    ),
    day_expected=("Päivä, esimerkiksi 31.1.2027", "Dag, till exempel 31.1.2027", "A day such as 31.1.2027"),
    past_day_expected=(
        "Mennyt päivä, esimerkiksi 31.1.2026",
        "Dag som har varit, till exempel 31.1.2026",
        "A day that has been, such as 31.1.2026",
    ),
    end_expected=(
        "Viimeinen päivä, esimerkiksi 31.12.2027",
        "Sista dagen, till exempel 31.12.2027",
        "The last day, such as 31.12.2027",
    ),
    period_end_expected=(
        "Viimeinen päivä, enintään 50 vuotta alusta",
        "Sista dagen, högst 50 år efter den första",
        "The last day, at most 50 years after the first",
    ),
    euros_expected=(
        "Euroja, esimerkiksi 12500 tai 12 500,50",
        "Euro, till exempel 12500 eller 12 500,50",
        "Euros, such as 12500 or 12 500,50",
    ),
    reference_expected=(
        "Sopimuksen tunnus omassa luettelossasi",
        "Avtalets beteckning i din egen lista",
        "The agreement's id in your own list",
    ),
    parties_expected=(
        "Muiden osapuolten nimet tai Y-tunnukset, välissä |",
        "De andra parternas namn eller FO-nummer, med | emellan",
        "The other parties' names or business IDs, with | between them",
    ),
    payer_expected=(
        "Maksajan Y-tunnus, jos se ei ole oma organisaatiosi",
        "Betalarens FO-nummer, om det inte är din egen organisation",
        "The payer's business ID, if not your own organisation's",
    ),
    worker_expected=(
        "Työajan antajan Y-tunnus, jos se ei ole oma organisaatiosi",
        "FO-numret på den som ger arbetstid, om inte din egen organisation",
        "The business ID of the party whose working time it is, if not your own organisation's",
    ),
    euros_by_year_expected=(
        "Vuodet ja eurot, esimerkiksi 2027=12000 | 2028=12500,50",
        "År och euro, till exempel 2027=12000 | 2028=12500,50",
        "Years and euros, such as 2027=12000 | 2028=12500,50",
    ),
    hours_expected=(
        "Kokonaisia tunteja, esimerkiksi 400",
        "Hela timmar, till exempel 400",
        "Whole hours, such as 400",
    ),
    hours_by_year_expected=(
        "Vuodet ja tunnit, esimerkiksi 2027=400 | 2028=600",
        "År och timmar, till exempel 2027=400 | 2028=600",
        "Years and hours, such as 2027=400 | 2028=600",
    ),
    network_expected=(
        "Verkoston nimi, sama kuin palvelussa",
        "Nätverkets namn, samma som i tjänsten",
        "The network's name, as the service has it",
    ),
    representative_expected=ONE_OF,
    reported_expected=(
        "Sopimuksen oma viite, puumerkin numero, asianumero tai nimi",
        "Avtalets egen referens, bomärkets nummer, ärendenumret eller namnet",
        "The agreement's own reference, the puumerkki's number, the case number or the title",
    ),
    year_expected=("Vuosi, esimerkiksi 2026", "År, till exempel 2026", "A year such as 2026"),
    figures_expected=(
        "Luku, esimerkiksi 120. Kuukausittain 1=40 | 2=35, kohderyhmittäin KR1.1=40, molemmat KR1.1/1=40",
        "Ett tal, till exempel 120. Per månad 1=40 | 2=35, per målgrupp KR1.1=40, båda KR1.1/1=40",
        "A number such as 120. By month 1=40 | 2=35, by target group KR1.1=40, by both KR1.1/1=40",
    ),
    notice_expected=("Kuukausia, 0–60", "Månader, 0–60", "Months, 0 to 60"),
    case_number_expected=(
        "Asianumero, esimerkiksi PK/2026/000012",
        "Ärendenummer, till exempel PK/2026/000012",
        "A case number such as PK/2026/000012",
    ),
    short_line_expected=(
        "Yksi rivi, enintään 100 merkkiä",
        "En rad, högst 100 tecken",
        "One line of at most 100 characters",
    ),
)
