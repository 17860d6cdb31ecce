"""The organisation whose list a file is."""

from puumerkki.imports.sheets import NotImportable, Staged


async def open_organisation(staged: Staged) -> None:
    """Keep the organisation: nothing comes into one that is archived."""
    lock_applicant = b"select state from organisation where id = %(organisation)s::uuid for share"
    found = await (await staged.connection.execute(lock_applicant, staged.values)).fetchone()
    if found is None:
        raise NotImportable("organisation_unknown")
    if found[0] != "active":
        raise NotImportable("organisation_archived")
