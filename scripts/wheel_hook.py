"""Puts the built app into the wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AppHook(BuildHookInterface):  # type: ignore[type-arg]
    """A wheel without the app would serve the API alone, and nobody would notice before installing it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Only real wheels carry the app; an editable installation serves what the repository builds."""
        if version != "standard":
            return
        dist = Path(self.root, "frontend", "dist")
        if not (dist / "index.html").is_file():
            raise FileNotFoundError("The app is not built: run `make wheel`, or scripts/build_app.py before.")
        build_data["force_include"][str(dist)] = "puumerkki/app"
