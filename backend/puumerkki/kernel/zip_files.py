"""What reading a ZIP that somebody sent may raise: the standard library tells of it in many ways."""

import zipfile

BROKEN_ZIP = (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError, ValueError)
"""Broken, encrypted, packed by a way that is not known, or with parts that end too early."""
