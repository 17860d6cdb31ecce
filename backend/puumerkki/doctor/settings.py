"""Whether the settings are sound."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import ValidationError

from puumerkki.doctor.findings import Finding, fault, ok, warning
from puumerkki.kernel.settings import Settings


def invalid(error: ValidationError) -> Iterator[Finding]:
    """One finding for each setting that is refused."""
    for one in error.errors():
        name = ".".join(map(str, one["loc"])).upper()
        known = name if name.startswith("DATABASE_") else f"PUUMERKKI_{name}"
        hint = "at least 32 random characters" if name == "SECRET" else "what docs/operating.md says"
        yield fault("settings_valid", f"{known}: {one['msg']}.", f"Set {known} to {hint}.")


def all_of(given: Settings) -> Iterator[Finding]:
    """What the settings say of themselves."""
    yield ok("settings_valid", "The settings can be read.")
    yield secret(given)
    yield public_url(given)
    yield cookies(given)
    yield origins(given)


def secret(given: Settings) -> Finding:
    """Whether there is one, and whether somebody drew it."""
    if given.secret is None:
        if given.database_url is None:
            return ok("secret", "The secret is the one that the embedded database's data folder keeps.")
        return fault(
            "secret", "PUUMERKKI_SECRET is not set.", "Set it to 32 random characters or more, and keep it apart."
        )
    if len(set(given.secret.get_secret_value())) < 12:
        return warning(
            "secret",
            "PUUMERKKI_SECRET repeats few characters.",
            "Choose a random one and run `puumerkki keys reseal` with the old one in PUUMERKKI_OLD_SECRET.",
        )
    return ok("secret", "The secret is set.")


def public_url(given: Settings) -> Finding:
    """People's passwords and tokens go over it."""
    parts = urlsplit(given.public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        return fault(
            "public_url",
            f"PUUMERKKI_PUBLIC_URL is {given.public_url}, which is no address of the form https://name.",
            "Set it to the address that people use, without a path.",
        )
    if parts.scheme == "http" and not is_local(parts.hostname):
        return fault(
            "public_url",
            f"People reach {given.public_url} without TLS: passwords and tokens travel readable.",
            "Put a proxy that ends TLS in front, and set PUUMERKKI_PUBLIC_URL to its https address.",
        )
    return ok("public_url", f"People reach it at {given.public_url}.")


def cookies(given: Settings) -> Finding:
    """Whether the refresh cookie is `Secure` where it can be."""
    https = given.public_url.startswith("https://")
    if https and not given.cookies_are_secure:
        return fault(
            "cookies",
            "PUUMERKKI_SECURE_COOKIES is false although people come by https.",
            "Unset it: cookies are Secure by themselves then.",
        )
    if not https and given.cookies_are_secure:
        return warning(
            "cookies",
            "PUUMERKKI_SECURE_COOKIES is true although people come by http: browsers drop the cookie.",
            "Unset it, or set PUUMERKKI_PUBLIC_URL to an https address.",
        )
    return ok("cookies", "Cookies are Secure." if https else "Cookies are for this machine only.")


def origins(given: Settings) -> Finding:
    """Other origins get answers with credentials: each must be one place, reached safely."""
    for one in given.allowed_origins:
        parts = urlsplit(one)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or "*" in one:
            return fault(
                "origins",
                f"PUUMERKKI_ALLOWED_ORIGINS has {one}, which is no origin.",
                'Name each as scheme and host, as in ["https://app.example.fi"].',
            )
        if parts.scheme == "http" and not is_local(parts.hostname):
            return warning("origins", f"The allowed origin {one} is reached without TLS.", "Serve it by https.")
    return ok("origins", f"{len(given.allowed_origins)} other origins may ask.")


def is_local(host: str) -> bool:
    """Whether the name means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
