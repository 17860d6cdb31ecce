"""The seals of the event log, open to everybody: whoever keeps a head can check later that nothing was changed."""

from sqlalchemy import func
from sqlmodel import col

from puumerkki.kernel.eventlog.sealing import EventSeal
from puumerkki.kernel.reads.listings import PUBLIC, Item, Listing, Sort

_ITEM = {
    "number": col(EventSeal.number),
    "first_position": col(EventSeal.first_position),
    "last_position": col(EventSeal.last_position),
    "previous": func.encode(col(EventSeal.previous), "hex"),
    "digest": func.encode(col(EventSeal.digest), "hex"),
    "sealed_at": col(EventSeal.sealed_at),
    "kid": col(EventSeal.kid),
    "head": col(EventSeal.head),
}

SEALS = Listing(
    name="event_seals",
    readable=PUBLIC,
    item=_ITEM,
    source=lambda select: select.select_from(EventSeal),
    sorts={
        "-number": Sort((col(EventSeal.number),), descending=True),
        "number": Sort((col(EventSeal.number),)),
    },
)
SEAL = Item(
    name="event_seal",
    readable=PUBLIC,
    item=_ITEM,
    source=lambda select: select.select_from(EventSeal),
    key=col(EventSeal.number),
)
