"""What is proposed about a member."""

from typing import Annotated

from pydantic import Field

from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.kernel.field_types import Text as LongText
from puumerkki.networks.models.proposals import ProposalKind

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
    """To admit an organisation (`admit`), to remove the member (`remove`), or to take its vote (`take_vote`).

    Until `heard_until` the member is heard; from then on a second person can confirm it, and after `open_until` it is
    dropped. It then concerns versions that arrive later, and no others. `admit` has no hearing and no `reason`:
    somebody who leads the network has or had a role in the organisation, or added it.
    """

    kind: ProposalKind
    reason: str | None
    created_at: Moment
    heard_until: Moment
    open_until: Moment
    view: str | None
    view_at: Moment | None
