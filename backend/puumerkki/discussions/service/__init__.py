"""The use cases, a file for each kind of thing; what upper rooms call is named here."""

from puumerkki.discussions.queries import open_points
from puumerkki.discussions.service.points import answer_point, raise_points, settle_all, settle_point

__all__ = ["answer_point", "open_points", "raise_points", "settle_all", "settle_point"]
