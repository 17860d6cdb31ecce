"""What is proposed about a member."""

from typing import Annotated

from pydantic import Field

from puumerkki.kernel.text import Moment, Schema
from puumerkki.kernel.text import Text as LongText
from puumerkki.networks.proposal_models import ProposalKind

Reason = Annotated[LongText, Field(max_length=2000)]


class ProposalMade(Schema):
    """Why. The member sees it."""

    reason: Reason


class ProposalDrop(Schema):
    """Why it is dropped, if that is said."""

    reason: Reason | None = None


class MemberView(Schema):
    """What the member says to it."""

    view: Reason


class ProposalPublic(Schema):
    """To remove the member (`remove`), or to take its vote (`take_vote`).

    Until `heard_until` the member is heard; from then on a second person can confirm it. It then concerns versions that
    arrive later, and no others.
    """

    kind: ProposalKind
    reason: str
    created_at: Moment
    heard_until: Moment
    view: str | None
    view_at: Moment | None
