"""Settings, from the environment only: prefix `PUUMERKKI_`, and `DATABASE_URL` without it."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of an installation; docs/operating.md is written from what is said here."""

    model_config = SettingsConfigDict(
        env_prefix="PUUMERKKI_", env_ignore_empty=True, populate_by_name=True, use_attribute_docstrings=True
    )

    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "PUUMERKKI_DATABASE_URL")
    )
    """The database, as the application's role. Without it the embedded database is started."""
    database_read_url: str | None = Field(default=None, validation_alias=AliasChoices("DATABASE_READ_URL"))
    """A replica for anonymous reads, which get 503 while it cannot be reached; all others go to the primary."""
    migration_database_url: str | None = None
    """The database, as its owner, for `migrate`. Default: `DATABASE_URL`."""
    data_dir: Path | None = None
    """The folder of attachments, the demo's mail and secrets, and the embedded database."""
    files_url: str | None = None
    """Where attachments are kept instead of a folder in the data folder: `file:///…`, `s3://…`, `az://…`."""

    host: str = "127.0.0.1"
    """The address it listens on."""
    port: int = Field(default=8000, ge=1, le=65535)
    """The port it listens on."""
    public_url: str = ""
    """The address people use. It is the issuer of tokens and credentials, so do not change it lightly. Default:
    `http://<host>:<port>`."""
    allowed_origins: tuple[str, ...] = ()
    """A JSON list of other origins that may serve the app."""
    secure_cookies: bool | None = None
    """Whether cookies travel over HTTPS only. Default: as `PUUMERKKI_PUBLIC_URL` begins."""

    secret: SecretStr | None = Field(default=None, min_length=32)
    """At least 32 characters; it encrypts private keys at rest. Created by itself for the embedded database only."""

    mail_url: str = "folder:"
    """How mail leaves: `smtp://user:password@host:25`, `smtps://…`, `folder:/path`, or a folder in the data folder."""
    mail_from: str = "Puumerkki <puumerkki@localhost>"
    """The sender of mails."""
    mail_bounces: str = Field(default="", pattern=r"^([a-zA-Z0-9._-]{1,20}@[a-zA-Z0-9.-]+|)$")
    """The address to which mail comes back, as `bounces@example.fi`: what comes to `bounces+…@example.fi` goes into
    `puumerkki bounces`. Without it undeliverable mail comes back to the sender, and no address is known to fail."""
    accessibility_contact: str = Field(default="", pattern=r"^([^@\s:]+@[^@\s]+|https?://\S+|)$")
    """The email address or page that the accessibility statement names, as the act on digital services (306/2019)
    asks."""

    token_key_days: int = Field(default=90, ge=0, le=3650)
    """The age in days at which the key of access tokens is replaced; 0: only by hand."""
    access_token_minutes: int = Field(default=15, ge=1, le=60)
    """How long an access token is valid, in minutes."""
    refresh_token_days: int = Field(default=30, ge=1, le=90)
    """How long a session lasts without use, in days."""
    session_days: int = Field(default=90, ge=1, le=365)
    """How long a session lasts at most, in days; then one signs in again."""
    attachment_max_bytes: int = Field(default=20_000_000, ge=1)
    """The largest attachment, in bytes."""
    import_max_bytes: int = Field(default=500_000_000, ge=1)
    """The largest file to import, in bytes."""
    body_max_bytes: int = Field(default=2_000_000, ge=1000)
    """The largest body of any other request, in bytes."""
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    """At least 16 characters; requests with it as a bearer token read `/metrics`. Without it there are none."""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """A JSON list of the addresses and networks of proxies, whose `X-Forwarded-For` and `X-Forwarded-Proto` are
    believed."""
    read_pool_size: int = Field(default=8, ge=1, le=100)
    """Connections for reads, in each process."""
    write_pool_size: int = Field(default=16, ge=1, le=100)
    """Connections for changes, in each process."""
    worker_in_server: bool = True
    """`serve` runs the worker in its own process, as suits one small machine. `false` where `puumerkki worker` runs."""
    build_reads: bool = True
    """The statements of reads are built before it serves. `false` in development: it starts sooner, and who asks first
    waits."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is logged: debug, info, warning or error."""

    @model_validator(mode="after")
    def _address(self) -> "Settings":
        self.public_url = self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"
        return self

    @classmethod
    def variables(cls) -> Iterator[tuple[str, str, str]]:
        """Each setting as (variable of the environment, default or "", description)."""
        for name, field in cls.model_fields.items():
            alias = field.validation_alias
            variable = str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"PUUMERKKI_{name.upper()}"
            given = field.default
            default = given if isinstance(given, str) else "" if given in (None, ()) else json.dumps(given)
            yield variable, default, " ".join((field.description or "").split())

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies carry `Secure`."""
        return self.public_url.startswith("https://") if self.secure_cookies is None else self.secure_cookies


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
