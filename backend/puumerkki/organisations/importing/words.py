"""What people write in files of organisations: headings, and values of sectors and legal forms, in three languages.

The legal forms are those of the Finnish Patent and Registration Office (PRH), as its Business Information System words
them. Keys are plain: lower case, without marks.
"""

from collections.abc import Mapping
from types import MappingProxyType

from puumerkki.imports.sheets import headings_of
from puumerkki.organisations.models.organisations import LegalForm, Sector

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "name_fi": "namefi name nimi nimifi nimisuomeksi nimisuomi suomenkielinennimi virallinennimi"
            " organisaatio organisaationnimi jarjesto jarjestonnimi yhdistys yhdistyksennimi yhdistysnimi jasenyhdistys"
            " seura seurannimi yhteiso yhteisonnimi toimija toimijannimi yritys yrityksennimi toiminimi hakija"
            " hakijannimi avustuksensaaja organisationname organizationname organization finsktnamn",
            "name_sv": "namesv nimisv nimiruotsiksi nimiruotsi ruotsinkielinennimi namn namnsv namnpasvenska"
            " svensktnamn organisation organisationensnamn organisationsnamn forening foreningensnamn foreningsnamn"
            " foretagetsnamn sokande",
            "name_en": "nameen nimien nimienglanniksi nimienglanti englanninkielinennimi englishname engelsktnamn"
            " namnpaengelska",
            "sector": "sector sektori toimiala tyyppi organisaatiotyyppi organisaationtyyppi jarjestotyyppi"
            " yhteisotyyppi toimijatyyppi toimijaryhma sektor typ organisationstyp typavorganisation type"
            " organisationtype",
            "legal_form": "legalform oikeudellinenmuoto juridinenmuoto oikeusmuoto yhteisomuoto yhteisonmuoto"
            " yhtiomuoto yritysmuoto yritysmuotokoodi juridiskform rattsligform bolagsform organisationsform"
            " foretagsform companyform",
            "business_id": "businessid ytunnus yritysjayhteisotunnus yhteisotunnus yritystunnus yhdistyksenytunnus"
            " fonummer fonr foretagsochorganisationsnummer organisationsnummer vatnumber",
            "association_register_number": "associationregisternumber registernumber rekisterinumero rekisterinro"
            " yhdistysrekisterinumero yhdistysrekisterinro yhdistyksenrekisterinumero yhdistysnumero yhdistysnro"
            " rekno rnro prhnumero foreningsregisternummer foreningsregisternr registernummer registreringsnummer"
            " reknro reknr rekisterinr yhdreknro yhdreknr yhdrekno",
            "home_municipality": "homemunicipality homemunicipalitycode municipality municipalitycode kotikunta"
            " kotikuntakoodi kotipaikka kotipaikkakunta kunta kunnannimi kuntakoodi kuntanumero kuntanro kaupunki"
            " paikkakunta sijaintikunta hemort hemkommun kommun kommunkod ort stad",
            "municipalities": "municipalities municipalitycodes kunnat toimintakunnat toimintaalue toimialue"
            " toimintaalueenkunnat kommuner verksamhetsomrade verksamhetskommuner",
            "website": "website webaddress homepage kotisivu kotisivut kotisivunosoite verkkosivu verkkosivut"
            " verkkosivusto verkkoosoite nettisivu nettisivut internetosoite wwwosoite wwwsivut www url webbplats"
            " webbsida hemsida",
            "external_scheme": "externalscheme tunnusjarjestelma lahdejarjestelma",
            "external_id": "externalid ulkoinentunnus lahdetunnus",
            "public_email": "publicemail email emailaddress emailosoite mail sahkoposti sahkopostiosoite sposti"
            " spostiosoite yhteyssahkoposti julkinensahkoposti epost epostadress",
            "public_phone": "publicphone phone phonenumber puhelin puhelinnumero puhelinnro puh puhnro matkapuhelin gsm"
            " julkinenpuhelin telefon telefonnummer tfn tel mobil",
            "another": "another toinen ontoinen onmuu enannan annan",
        }
    )
)
_BY_SECTOR: Mapping[Sector, str] = {
    Sector.municipality: "kunta, kaupunki, kommun, stad",
    Sector.wellbeing_county: "hyvinvointialue, valfardsomrade",
    Sector.association: "jarjesto, yhdistys, ry, r.y, seura, kolmas sektori, forening, rf, r.f, association, ngo",
    Sector.parish: "seurakunta, forsamling, kirkko, kyrka",
    Sector.company: "yritys, yhtio, foretag, bolag",
    Sector.village_committee: "kylatoimikunta, kylayhdistys, kylaseura, bykommitte, byaforening, byalag",
    Sector.action_group: "toimintaryhma, leader, leader-ryhma, leader-toimintaryhma, leader-grupp, aktionsgrupp",
    Sector.residents: "asukasryhma, asukkaat, invanargrupp, residents' group",
    Sector.state: "valtio, valtion viranomainen, viranomainen, stat, staten, statlig myndighet, state agency",
    Sector.foundation: "saatio, stiftelse",
}
_BY_FORM: Mapping[LegalForm, str] = {
    LegalForm.registered_association: "ry, r.y, rekisteroity yhdistys, aatteellinen yhdistys, muu yhdistys, yhdistys,"
    " rf, r.f, registrerad forening, ideell forening, annan forening, forening",
    LegalForm.unregistered_group: "rekisteroimaton ryhma, rekisteroimaton yhdistys, ryhma, oregistrerad grupp,"
    " oregistrerad forening, grupp",
    LegalForm.municipality: "kunta, kaupunki, kommun, stad",
    LegalForm.joint_authority: "kuntayhtyma, hyvinvointiyhtyma, samkommun, valfardssammanslutning",
    LegalForm.wellbeing_county: "hyvinvointialue, valfardsomrade",
    LegalForm.state_agency: "valtion virasto, valtion viranomainen, valtio ja sen laitokset, statlig myndighet,"
    " staten och dess inrattningar",
    LegalForm.parish: "seurakunta, ev.lut.kirkko, ev.lut. kirkko, ev. lut. kirkko, evankelis-luterilainen kirkko,"
    " evankelisluterilainen kirkko, ortodoksinen kirkko, ortodoksinen seurakunta, forsamling,"
    " evangelisk-lutherska kyrkan, ev.luth. kyrkan, ortodoxa kyrkan",
    LegalForm.parish_union: "seurakuntayhtyma, kyrklig samfallighet",
    LegalForm.religious_community: "uskonnollinen yhdyskunta, rekisteroity uskonnollinen yhdyskunta, trossamfund,"
    " religionssamfund, registrerat religionssamfund, registrerat trossamfund",
    LegalForm.foundation: "saatio, sr, stiftelse",
    LegalForm.limited_company: "oy, oyj, osakeyhtio, julkinen osakeyhtio, asunto-osakeyhtio, ab, abp, aktiebolag,"
    " publikt aktiebolag, limited company",
    LegalForm.cooperative: "osuuskunta, osk, andelslag, anl",
    LegalForm.other: "muu, avoin yhtio, kommandiittiyhtio, yksityinen elinkeinonharjoittaja, toiminimi, tmi, ovrig,"
    " oppet bolag, kommanditbolag, enskild naringsidkare, other",
}
_SECTOR_OF_FORM: Mapping[LegalForm, Sector] = {
    LegalForm.registered_association: Sector.association,
    LegalForm.parish: Sector.parish,
    LegalForm.parish_union: Sector.parish,
    LegalForm.religious_community: Sector.parish,
    LegalForm.state_agency: Sector.state,
    LegalForm.limited_company: Sector.company,
    LegalForm.cooperative: Sector.company,
}
"""Where the sector of a legal form is plain: lists have legal forms in a column that they call the type."""


def _words(of: Mapping[LegalForm, str]) -> dict[str, LegalForm]:
    return {word.strip(" ."): form for form, words in of.items() for word in words.split(", ")}


FORMS_BY_WORD: Mapping[str, LegalForm] = MappingProxyType(_words(_BY_FORM))
_PLAIN_SECTORS = {word.strip(" ."): sector for sector, words in _BY_SECTOR.items() for word in words.split(", ")}
FORMS_OF_TYPES: Mapping[str, LegalForm] = MappingProxyType(
    {word: form for word, form in FORMS_BY_WORD.items() if form in _SECTOR_OF_FORM and word not in _PLAIN_SECTORS}
)
"""Words of legal forms that say the sector, too."""
SECTORS_BY_WORD: Mapping[str, Sector] = MappingProxyType(
    {word: _SECTOR_OF_FORM[form] for word, form in FORMS_OF_TYPES.items()} | _PLAIN_SECTORS
)
