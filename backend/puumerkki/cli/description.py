"""`openapi`: the API's description."""

import sys

from puumerkki.web.app import create_app
from puumerkki.web.openapi import as_text


def openapi() -> None:
    """Print the API's description (OpenAPI 3.1) as JSON."""
    sys.stdout.write(as_text(create_app()))
