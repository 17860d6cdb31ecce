"""Logs: one JSON object a line, on standard error, without personal data."""

import logging
import sys

import structlog

from puumerkki.kernel.settings import get_settings


def configure() -> None:
    """Set up logging for this process."""
    level = logging.getLevelNamesMapping()[get_settings().log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
