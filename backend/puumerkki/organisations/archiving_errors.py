"""Why an archiving cannot be proposed or answered, and what is possible instead."""

from puumerkki.kernel.errors import Conflict


class ArchivingOpen(Conflict):
    """One proposal at a time."""

    code = "archiving_open"
    message = (
        "It is proposed already to archive the organisation. Its administrators agree or object; whoever proposed it"
        " can drop it."
    )


class NoArchivingOpen(Conflict):
    """Nothing is proposed."""

    code = "no_archiving_open"
    message = "It is not proposed to archive the organisation."
