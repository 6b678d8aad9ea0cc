"""The policies that come with the program, as files to read and to start from."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from cstrack.domain.choices import near
from cstrack.domain.errors import NotFound

DEFAULT = "dealer"
_SUFFIX = ".toml"


def names() -> list[str]:
    """Their names, the default one first."""
    found = [file.name for file in (files("cstrack") / "policies").iterdir() if file.name.endswith(_SUFFIX)]
    return sorted((name.removesuffix(_SUFFIX) for name in found), key=lambda name: (name != DEFAULT, name))


def preset(name: str) -> bytes:
    """The file of one; NotFound `no-such-preset` with the nearest name."""
    known = names()
    if name not in known:
        raise NotFound("no-such-preset", name=name, known=known, near=near(name, known))
    return (files("cstrack") / "policies" / f"{name}{_SUFFIX}").read_bytes()


def hints(name: str) -> dict[str, Any]:
    """What a list of presets says of one: names, levels, sources with their dates, whom its clocks bind."""
    import tomllib

    raw = tomllib.loads(preset(name).decode())
    clocks = raw.get("clocks", {}).values()
    return {
        "name": name,
        "en": raw.get("en", name),
        "zh": raw.get("zh", raw.get("en", name)),
        "levels": len(raw["levels"]),
        "counts_from": raw.get("counts_from", "level"),
        "binds": sorted({clock.get("binds", "desk") for clock in clocks} | {"desk"}),
        "sources": [_source(source) for source in raw.get("sources", [])],
    }


def _source(source: dict[str, Any]) -> dict[str, Any]:
    """A source with every key, dates as text."""
    dates = {key: source.get(key) for key in ("issued", "in_force", "checked")}
    return {
        "en": source["en"],
        "zh": source.get("zh", source["en"]),
        **{key: source.get(key) for key in ("issuer", "number", "url", "note", "checked_by")},
        **{key: date.isoformat() if date else None for key, date in dates.items()},
        "clocks": source.get("clocks", []),
    }
