"""Whom this room's events are told. The reason of a tie stands in no notice."""

from puumerkki.disqualification.events import ties
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, BY_LETTER, Silent

_SAID = Silent("until it is settled, whoever settles it sees it on the task's page")
TELLS: Tells = {
    ties.HandlingTieQuestioned: ASKED,
    ties.HandlingTieSaid: _SAID,
    ties.HandlingTieAnswered: _SAID,
    ties.HandlingTieSettled: BY_LETTER,
    ties.HandlingTieLapsed: BY_LETTER,
    ties.CaseTieQuestioned: ASKED,
    ties.CaseTieSaid: _SAID,
    ties.CaseTieAnswered: _SAID,
    ties.CaseTieSettled: BY_LETTER,
    ties.CaseTieLapsed: BY_LETTER,
    ties.LeadChosen: BY_LETTER,
}
