"""Serves the single-page app from the API's process: right for the demo and for small installations.

Each answer of the page carries a fresh nonce for its styles, so it is never kept; the hashed assets are kept for good,
as they were when the process started. Without a built app the addresses outside the API lead nowhere.
"""

import gzip
import hashlib
import json
import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from puumerkki.kernel.reads.exports import SIGNED_OUT_ROWS
from puumerkki.kernel.settings import Settings

PACKAGE = Path(__file__).parents[1]
NONCE = "NONCE-OF-THIS-ANSWER"
LANGUAGES = ("fi", "sv", "en")
CONFIG = "config.json"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; font-src 'self';"
    " img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)

mimetypes.add_type("font/woff2", ".woff2")


def app_folder() -> Path | None:
    """The built app: inside an installed package, or where the repository builds it."""
    for folder in (PACKAGE / "app", PACKAGE.parents[1] / "frontend" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    return None


def told_by(settings: Settings) -> dict[str, str | int]:
    """What the app has to know of an installation's settings, and of limits: they stand on the server alone."""
    return {
        "accessibility_contact": settings.accessibility_contact,
        "attachment_max_bytes": settings.attachment_max_bytes,
        "import_max_bytes": settings.import_max_bytes,
        "signed_out_rows": SIGNED_OUT_ROWS,
    }


@dataclass(frozen=True)
class _File:
    """A file of the app, also in its compressed form where that is smaller."""

    media_type: str
    plain: bytes
    packed: bytes | None
    etag: str


def _file(name: str, plain: bytes) -> _File:
    packed = gzip.compress(plain, mtime=0)
    return _File(
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        plain=plain,
        packed=packed if len(packed) < 0.9 * len(plain) else None,
        etag=f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
    )


class SinglePageApp:
    """Stands before the API: GET of a page or an asset is answered here, all else goes on.

    `told`: what this installation's settings tell the app, beside what its `config.json` says and which build this is.
    """

    def __init__(self, app: ASGIApp, folder: Path, told: Mapping[str, str | int]) -> None:
        self._app = app
        self._page = (folder / "index.html").read_text("utf-8")
        self._words = _words(folder)
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": _file(path.name, path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file() and path.name != "index.html" and ".vite" not in path.parts
        }
        release = {"release": hashlib.sha256(self._page.encode()).hexdigest()[:16]}
        config = json.loads((folder / CONFIG).read_bytes()) | told | release
        self._files[f"/{CONFIG}"] = _file(CONFIG, json.dumps(config).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if path in self._files:
            await self._file(path, Headers(scope=scope))(scope, receive, send)
        elif self._is_page(path) or _wants_page(scope):
            await self._answer(path)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    @staticmethod
    def _is_page(path: str) -> bool:
        return path == "/" or path.split("/", 2)[1] in LANGUAGES

    def _file(self, path: str, asked: Headers) -> Response:
        file = self._files[path]
        kept = "public, max-age=31536000, immutable" if path.startswith("/assets/") else "no-cache"
        headers = {"Cache-Control": kept, "ETag": file.etag, "Vary": "Accept-Encoding"}
        if file.etag in asked.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if file.packed is None or "gzip" not in asked.get("accept-encoding", ""):
            return Response(file.plain, media_type=file.media_type, headers=headers)
        return Response(file.packed, media_type=file.media_type, headers=headers | {"Content-Encoding": "gzip"})

    def _answer(self, path: str) -> Response:
        nonce = secrets.token_urlsafe(16)
        words = self._words.get(path.split("/", 2)[1])
        # the words of the address's language come along with the scripts, not after them
        ahead = f'<link rel="modulepreload" crossorigin href="/{words}">' if words else ""
        return Response(
            self._page.replace(NONCE, nonce).replace("</head>", f"{ahead}</head>"),
            status_code=200 if self._is_page(path) else 404,
            media_type="text/html",
            headers={"Cache-Control": "no-store", "Content-Security-Policy": _POLICY.format(nonce=nonce)},
        )


def _words(folder: Path) -> dict[str, str]:
    """The files of the words that all pages share, by language."""
    built = json.loads((folder / ".vite" / "manifest.json").read_bytes())
    return {language: built[f"src/locales/{language}.po"]["file"] for language in LANGUAGES}


def _wants_page(scope: Scope) -> bool:
    """A person's browser at an address that nobody serves: the app says so, in their language."""
    reserved = scope["path"].startswith(("/api/", "/.well-known/", "/docs", "/openapi.json"))
    return not reserved and "text/html" in Headers(scope=scope).get("accept", "")
