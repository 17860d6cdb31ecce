"""Authorities' cases as a table."""

from puumerkki.imports.templates import Template
from puumerkki.kernel.reads.exports import Export, Value, day, in_three
from puumerkki.kernel.reads.exports import name as name_in
from puumerkki.partnerships.queries.partner_requests import PARTNER_REQUESTS


def _named(key: str) -> Value:
    return lambda item: name_in("names")(item[key])


PARTNER_REQUESTS_EXPORTED = Export(
    listing=PARTNER_REQUESTS,
    file="partner-requests",
    sort="-arrived_at",
    columns={
        "reference": "case_number",
        "title": "title",
        "applicant": _named("applicant"),
        "authority": _named("authority"),
        "version": "version_number",
        "state": "state",
        "arrived_on": day("arrived_at"),
        "outcome": "outcome",
        "decided_on": day("decided_on"),
    },
    headings=in_three(
        reference=("Asianumero", "Ärendenummer", "Case number"),
        title=("Otsikko", "Rubrik", "Title"),
        applicant=("Hakija", "Sökande", "Applicant"),
        authority=("Viranomainen", "Myndighet", "Authority"),
        version=("Versio", "Version", "Version"),
        state=("Tila", "Status", "State"),
        arrived_on=("Saapunut", "Inkommit", "Arrived on"),
        outcome=("Ratkaisu", "Avgörande", "Outcome"),
        decided_on=("Ratkaisupäivä", "Avgjort den", "Decided on"),
    ),
    words={
        "state": in_three(
            arrived=("saapunut", "inkommit", "arrived"),
            referred=("odottaa puumerkkiä", "väntar på bomärke", "referred to the network"),
            in_preparation=("valmistelussa", "under beredning", "in preparation"),
            supplement_asked=("täydennystä pyydetty", "komplettering begärd", "addition requested"),
            decided=("ratkaistu", "avgjort", "decided"),
            withdrawn=("peruutettu", "återkallat", "withdrawn"),
        ),
        "outcome": in_three(
            statement=("lausunto", "utlåtande", "statement"),
            letter_of_intent=("aiesopimus", "avsiktsförklaring", "letter of intent"),
            commitment=("sitoumus", "förbindelse", "commitment"),
            none=("ei kumppanuutta", "inget partnerskap", "no partnership"),
            not_taken_up=("ei otettu käsiteltäväksi", "inte upptaget till behandling", "not taken up"),
        ),
    },
)
_OUTCOMES = in_three(
    statement=("lausunto", "utlåtande", "statement"),
    letter_of_intent=("aiesopimus", "avsiktsförklaring", "letter_of_intent"),
    commitment=("sitoumus", "förbindelse", "commitment"),
    none=("ei", "nej", "none"),
)
PROPOSALS_TEMPLATE = Template(
    headings=in_three(
        reference=("Asianumero", "Ärendenummer", "Case number"),
        outcome=("Ratkaisu", "Avgörande", "Outcome"),
        sum=("Summa", "Belopp", "Sum"),
        body=("Toimielin", "Organ", "Body"),
        section=("Pykälä", "Paragraf", "Section"),
        day=("Päätöspäivä", "Beslutsdag", "Day"),
        text=("Perustelu", "Motivering", "Reason"),
        appeal=("Muutoksenhaku", "Besvärsanvisning", "Appeal"),
    ),
    words={"outcome": _OUTCOMES},
    marked="reference",
    example={
        "outcome": _OUTCOMES["commitment"],
        "sum": "12500,00",
        "body": {"fi": "Hyvinvointilautakunta", "sv": "Välfärdsnämnden", "en": "Wellbeing committee"},
        "section": "§ 12",
        "day": "31.1.2026",
    },
)
