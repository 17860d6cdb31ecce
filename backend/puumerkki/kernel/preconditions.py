"""Versions and `If-Match` (RFC 9110, section 13.1.1), parsed leniently: proxies weaken and decorate ETags."""

import re

from puumerkki.kernel.db import Aggregate
from puumerkki.kernel.errors import PreconditionFailed, PreconditionRequired

_TAG = re.compile(r'\s*(?:W/)?"?(\d{1,9})(?:-gzip|-br|;gzip|--gzip)?"?\s*')


def parse_if_match(header: str | None) -> int | None:
    """The version that an `If-Match` names; None without one; PreconditionFailed where it names none."""
    if header is None:
        return None
    match = _TAG.fullmatch(header)
    if match is None:
        raise PreconditionFailed()
    return int(match.group(1))


def require_version(aggregate: Aggregate, if_version: int | None) -> None:
    """428 without a version, 412 when it is not the present one. Call it under the row's lock, after the permission."""
    if if_version is None:
        raise PreconditionRequired()
    if aggregate.version != if_version:
        raise PreconditionFailed(current_version=aggregate.version)


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'
