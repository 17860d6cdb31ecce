"""How lists and single objects are read: listings, pages, the pool of reading connections."""

from puumerkki.kernel.reads.fetch import one, page, rows

__all__ = ["one", "page", "rows"]
