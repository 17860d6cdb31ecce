"""Settings, from the environment only: prefix `PUUMERKKI_`, and `DATABASE_URL` without it."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every knob of an installation. What has no default here is made on the first start of a demo."""

    model_config = SettingsConfigDict(env_prefix="PUUMERKKI_", env_ignore_empty=True, populate_by_name=True)

    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "PUUMERKKI_DATABASE_URL")
    )
    """PostgreSQL of the application's role. Without it the embedded database is started."""
    database_read_url: str | None = Field(default=None, validation_alias=AliasChoices("DATABASE_READ_URL"))
    """A replica for anonymous reads."""
    migration_database_url: str | None = None
    """The owner's URL, for migrations; default: `database_url`."""
    data_dir: Path | None = None
    """Files, demo secrets and the embedded database."""
    files_url: str | None = None
    """Where attachments are kept: `file:///…`, `s3://…`, `az://…`; default: a folder in `data_dir`."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    """The address under which people reach this installation, without a slash at the end; it is the issuer of tokens
    and credentials. Default: `http://<host>:<port>`."""
    allowed_origins: tuple[str, ...] = ()
    """Other origins from which the single-page app may be served."""
    secure_cookies: bool | None = None
    """Default: true when `public_url` is https."""

    secret: SecretStr | None = Field(default=None, min_length=32)
    """At least 32 characters; encrypts private keys at rest. A demo makes its own in `data_dir`."""

    mail_url: str = "folder:"
    """`folder:` (a folder `mail` in `data_dir`), `folder:/path`, `smtp://user:password@host:25`, `smtps://…`."""
    mail_from: str = "Puumerkki <puumerkki@localhost>"
    accessibility_contact: str = Field(default="", pattern=r"^([^@\s:]+@[^@\s]+|https?://\S+|)$")
    """An email address, or the address of a page, for whoever cannot use something: the accessibility statement names
    it, as the act on digital services (306/2019) asks."""

    token_key_days: int = Field(default=90, ge=0, le=3650)
    """So old becomes the key of access tokens before a new one takes its place; 0: only people rotate it."""
    access_token_minutes: int = Field(default=15, ge=1, le=60)
    refresh_token_days: int = Field(default=30, ge=1, le=90)
    attachment_max_bytes: int = Field(default=20_000_000, ge=1)
    import_max_bytes: int = Field(default=500_000_000, ge=1)
    body_max_bytes: int = Field(default=2_000_000, ge=1000)
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    """Whoever shows it as a bearer token reads `/metrics`; without it there are none."""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses and networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed."""
    read_pool_size: int = Field(default=8, ge=1, le=100)
    write_pool_size: int = Field(default=16, ge=1, le=100)
    worker_in_server: bool = True
    """`serve` runs the worker inside its process: right for one small machine."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _address(self) -> "Settings":
        self.public_url = self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"
        return self

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies carry `Secure`."""
        return self.public_url.startswith("https://") if self.secure_cookies is None else self.secure_cookies


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
