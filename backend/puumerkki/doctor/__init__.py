"""What is wrong with an installation and how to fix it: one file a subject, one function a question."""

from puumerkki.doctor.examination import examine
from puumerkki.doctor.findings import Finding, Level

__all__ = ["Finding", "Level", "examine"]
