"""What happens by the clock, in order."""

from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements.service.asking import ask_due
from puumerkki.agreements.service.reminders import remind_due
from puumerkki.agreements.service.renewal import begin_due as begin_due_agreements
from puumerkki.agreements.service.renewal import end_due as end_due_agreements
from puumerkki.agreements.service.renewal import expire_due as expire_due_agreements
from puumerkki.funding.service.applicants import remind_asked
from puumerkki.funding.service.applicants import tell_late as ask_applicants_late
from puumerkki.funding.service.askings import forget_taken_out
from puumerkki.funding.service.claims import carry_due
from puumerkki.funding.service.decision_words import settle_decisions
from puumerkki.funding.service.effects import open_asked, take_effect_due
from puumerkki.funding.service.lapsing import lapse_due
from puumerkki.funding.service.network_ends import lapse_ended
from puumerkki.funding.service.polls import close_due_ballots
from puumerkki.funding.service.prolongations import tell_expiring
from puumerkki.funding.service.removals import end_removals
from puumerkki.funding.service.revocations import settle_due, tell_late
from puumerkki.funding.service.tie_effects import lapse_unsettled
from puumerkki.identity.service.cleanup import forget_expired
from puumerkki.imports.jobs import forget_old_imports
from puumerkki.kernel.idempotency import forget_old
from puumerkki.kernel.key_rotation import rotate_due
from puumerkki.networks.service.decision_votes import decide_due
from puumerkki.networks.service.proposals import drop_stale
from puumerkki.organisations.service.archiving import archive_due
from puumerkki.organisations.service.confirmation_mails import tell_operators
from puumerkki.organisations.service.hosts import tell_late as ask_hosts_late
from puumerkki.organisations.service.namings import settle_due as settle_namings
from puumerkki.organisations.service.umbrellas import tell_late as tell_umbrellas_late

CLOCKWORK: tuple[Callable[[AsyncSession], Awaitable[object]], ...] = (
    archive_due,
    decide_due,
    lapse_ended,
    close_due_ballots,
    lapse_unsettled,
    take_effect_due,
    settle_decisions,
    open_asked,
    settle_due,
    carry_due,
    tell_late,
    lapse_due,
    end_removals,
    drop_stale,
    ask_applicants_late,
    remind_asked,
    ask_hosts_late,
    tell_umbrellas_late,
    settle_namings,
    tell_operators,
    forget_taken_out,
    tell_expiring,
    begin_due_agreements,
    expire_due_agreements,
    end_due_agreements,
    remind_due,
    ask_due,
    forget_expired,
    forget_old,
    forget_old_imports,
    rotate_due,
)
