"""SQL of ties in dispute, for whoever asks whether somebody is tied. `scope`: a condition over the question's case."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.disqualification.models.ties import TieQuestion, TieQuestionKind

Scope = Callable[[Any], ColumnElement[bool]]


def in_network(network_id: Any) -> Scope:
    """The case of a network."""
    return lambda question: col(question.network_id) == network_id


def in_authority(authority_id: Any) -> Scope:
    """The case of an authority."""
    return lambda question: col(question.authority_id) == authority_id


def unfounded(tie: Any, application_id: Any, scope: Scope) -> ColumnElement[bool]:
    """SQL over a tie that has ended: it was settled that it does not hold here. One that came later is another."""
    question = aliased(TieQuestion)
    return _asked(question, TieQuestionKind.disputed, col(tie.principal_id), application_id, scope).where(
        col(question.organisation_id) == col(tie.organisation_id),
        col(question.holds).is_(False),
        col(tie.until_at) <= col(question.raised_at),
    )


def founded(principal_id: Any, application_id: Any, scope: Scope) -> ColumnElement[bool]:
    """SQL: it was settled that somebody is tied here, as was said."""
    question = aliased(TieQuestion)
    return _asked(question, TieQuestionKind.alleged, principal_id, application_id, scope).where(
        col(question.holds).is_(True), col(question.effect_at).is_not(None)
    )


def alleged(principal_id: Any, application_id: Any, scope: Scope, now: Any) -> ColumnElement[bool]:
    """SQL: somebody is said to be tied here, and nobody has settled it yet."""
    question = aliased(TieQuestion)
    return _asked(question, TieQuestionKind.alleged, principal_id, application_id, scope).where(is_open(question, now))


def is_open(question: Any, now: Any) -> ColumnElement[bool]:
    """SQL over a question: it is not settled, and there is time."""
    return and_(col(question.effect_at).is_(None), col(question.lapsed_at).is_(None), col(question.settle_by) > now)


def is_said(question: Any) -> ColumnElement[bool]:
    """SQL over a question: as many as settle it have said how; it takes effect once the person was heard."""
    seconded = or_(col(question.two_settle).is_(False), col(question.seconded_by).is_not(None))
    return and_(col(question.settled_at).is_not(None), or_(col(question.holds).is_(False), seconded))


def _asked(question: Any, kind: TieQuestionKind, principal_id: Any, application_id: Any, scope: Scope) -> Exists:
    """SQL: there is a question of a kind about somebody in a case."""
    return (
        exists()
        .where(
            col(question.application_id) == application_id,
            scope(question),
            col(question.principal_id) == principal_id,
            col(question.kind) == kind,
        )
        .correlate_except(question)
    )
