"""Policy files for tests: small texts, and what is said of them."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.errors import BadInput
from cstrack.store.policies.checked import check

SMALL = 'name = "small"\n[levels.1]\nen = "one"\nlimit = "24h"\n'
OFFICE = '[calendars.office]\nhours = { mon-fri = "09:00-17:00" }\n'


def mapping(text: str) -> dict[str, Any]:
    """What a sound file is compiled into."""
    return check(text.encode(), "desk.toml").mapping


def refused(text: str | bytes, path: str = "desk.toml") -> BadInput:
    """How a file is refused."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(BadInput) as fault:
        check(data, path)
    return fault.value


def problems(text: str) -> list[dict[str, Any]]:
    """The problems of a file."""
    found: list[dict[str, Any]] = refused(text).facts["problems"]  # type: ignore[assignment]
    return found


def only(text: str) -> dict[str, Any]:
    """The one problem of a file."""
    [problem] = problems(text)
    return problem
