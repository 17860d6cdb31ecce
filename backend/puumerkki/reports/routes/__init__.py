"""The routes of reports and evaluations."""

from puumerkki.reports.routes.evaluations import evaluations
from puumerkki.reports.routes.reports import reports

ROUTERS = (reports, evaluations)
