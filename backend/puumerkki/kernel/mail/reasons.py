"""Why somebody gets a mail: a code for its header, and a line for its foot in the reader's language."""

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """The strongest that holds for all who get the mail.

    `task`: they can do what it asks. `second_person`: they can confirm what somebody else proposed. `member`,
    `organisation`, `network`: where they act. `agreement`, `call`: that it is about. `concerned`: they have some part
    in it. `person`, `account`, `invited`: it is about themselves.
    """

    task = "task"
    second_person = "second_person"
    member = "member"
    organisation = "organisation"
    network = "network"
    agreement = "agreement"
    call = "call"
    concerned = "concerned"
    person = "person"
    account = "account"
    invited = "invited"


_BEGINS: Mapping[str, str] = {
    "fi": "Saat tämän viestin, koska",
    "sv": "Du får meddelandet eftersom",
    "en": "You receive this message because",
}
_BECAUSE: Mapping[Reason, Mapping[str, str]] = {
    Reason.task: {
        "fi": "voit hoitaa asian roolissasi. Sen voi hoitaa myös joku muu, jolla on sama rooli.",
        "sv": "du kan sköta ärendet i din roll. Någon annan med samma roll kan också göra det.",
        "en": "your role lets you do it. Somebody else with the same role may do it, too.",
    },
    Reason.second_person: {
        "fi": "edustat verkoston jäsentä tai jäsenet ovat valinneet sinut tehtävään.",
        "sv": "du företräder en medlem i nätverket eller medlemmarna har valt dig till uppdraget.",
        "en": "you represent a member of the network, or the members chose you.",
    },
    Reason.member: {
        "fi": "edustat jäsentä verkostossa tai hoidat sen jäsenyyttä.",
        "sv": "du företräder medlemmen i nätverket eller sköter medlemskapet.",
        "en": "you represent the member in the network or manage its membership.",
    },
    Reason.organisation: {
        "fi": "toimit organisaatiossa, jota asia koskee, tai olet sen yhteyshenkilö.",
        "sv": "du verkar i en organisation som ärendet gäller eller är dess kontaktperson.",
        "en": "you act in an organisation that it concerns, or are its contact person.",
    },
    Reason.network: {
        "fi": "toimit verkostossa, jota asia koskee.",
        "sv": "du verkar i ett nätverk som ärendet gäller.",
        "en": "you act in a network that it concerns.",
    },
    Reason.agreement: {
        "fi": "organisaatiosi on sopimuksen osapuoli.",
        "sv": "din organisation är part i avtalet.",
        "en": "your organisation is a party to the agreement.",
    },
    Reason.call: {
        "fi": "hakemus, verkoston käsittely tai puumerkkivaatimus koskee tätä hakua.",
        "sv": "en ansökan, ett nätverks behandling eller ett bomärkeskrav gäller den här omgången.",
        "en": "an application, a review or a puumerkki requirement names this call.",
    },
    Reason.concerned: {
        "fi": "olet asiassa mukana.",
        "sv": "du är med i ärendet.",
        "en": "you are part of the matter.",
    },
    Reason.person: {
        "fi": "asia koskee sinua itseäsi.",
        "sv": "ärendet gäller dig själv.",
        "en": "it concerns yourself.",
    },
    Reason.account: {
        "fi": "se koskee tiliäsi palvelussa.",
        "sv": "det gäller ditt konto i tjänsten.",
        "en": "it concerns your account in the service.",
    },
    Reason.invited: {
        "fi": "sinut on kutsuttu tällä osoitteella.",
        "sv": "du har bjudits in med den här adressen.",
        "en": "you have been invited at this address.",
    },
}


def foot(reason: Reason | str, language: str) -> str | None:
    """What the foot of a mail says; None where the reason is a room's own code, whose template says it."""
    return f"{_BEGINS[language]} {_BECAUSE[reason][language]}" if isinstance(reason, Reason) else None
