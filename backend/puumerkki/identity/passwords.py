"""Passwords: Argon2id, computed in a few threads of their own so that requests do not wait for each other's."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from puumerkki.kernel.errors import invalid

AT_ONCE = 2
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
_hasher = PasswordHash((Argon2Hasher(),))


@lru_cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    """The same password whichever keyboard composed its letters."""
    return unicodedata.normalize("NFC", password)


def _verify(password: str, kept: str | None) -> bool:
    """Where there is no password to compare with, the same work is done for nothing."""
    nobody = _nobodys_hash()
    matches = _hasher.verify(_normal(password), kept or nobody)
    return matches and kept is not None


async def hash_password(password: str) -> str:
    """The hash to keep."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, _normal(password))


async def chosen_password(password: str, *, email: str) -> str:
    """The hash of a password that a person chooses; Invalid where it is their address, which everybody knows."""
    if _normal(password).strip().casefold() == email.casefold():
        raise invalid("/password", "password_is_address", "Choose another password than your email address.")
    return await hash_password(password)


async def verify_password(password: str, kept: str | None) -> bool:
    """Whether the password is the one whose hash is kept; False after as much work where none is."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, kept)
