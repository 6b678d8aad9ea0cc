"""Ships migrations/ inside the wheel as cstrack/migrations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MigrationsHook(BuildHookInterface):  # type: ignore[type-arg]  # its parameter is hatchling's business
    """Adds migrations/ to a standard wheel only.

    An editable install reads the folder of the checkout; a copy laid down beside it would go stale with the
    next revision and still be found first. That is why this is a hook and not the `force-include` setting.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend what this build includes; `version` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"][str(Path(self.root) / "migrations")] = "cstrack/migrations"
