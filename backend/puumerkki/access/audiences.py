"""Who is told of an event, by the roles that the rooms' declarations name again and again."""

from functools import partial

from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.kernel.tells import PLATFORM, SCOPE, NoticeRow, Pace, Tell

writers = partial(Tell, side="applicants", roles=(Role.editor,), row=NoticeRow.own)
"""Who writes the application for its applicants."""
applicants = partial(Tell, side="applicants", roles=(Role.editor, Role.owner), row=NoticeRow.own)
lead = partial(Tell, side="lead", roles=(Role.editor, Role.owner), row=NoticeRow.own)
"""The same of the leading applicant alone."""
leaders = partial(Tell, side="network", roles=(Role.coordinator, Role.chair, Role.secretary), row=NoticeRow.networks)
coordinators = partial(Tell, side="network", roles=(Role.coordinator,), row=NoticeRow.networks)
representatives = partial(Tell, side="network", roles=REPRESENTATIVES, row=NoticeRow.networks)
officers = partial(Tell, side="authority", roles=(Role.officer,), row=NoticeRow.authority)
deciders = partial(Tell, side="authority", roles=(Role.decider,), row=NoticeRow.authority)
registry = partial(Tell, side="authority", roles=(Role.registry,), row=NoticeRow.authority)
parties = partial(Tell, side="parties", roles=(Role.editor, Role.officer), row=NoticeRow.own)
"""Who writes agreements for their parties."""
signers = partial(Tell, side="parties", roles=(Role.signatory, Role.decider), row=NoticeRow.own)
owners = partial(Tell, side="organisation", roles=(Role.owner,), row=NoticeRow.own)
followers = partial(Tell, side=SCOPE, followers=True, row=NoticeRow.followed, pace=Pace.digest)
"""Who follows the subject, or with `side` what is there. The weakest reason: it stands last."""
operators = partial(Tell, side=PLATFORM, roles=(Role.operator,), row=NoticeRow.operations)
