"""Codes of the policy's lists as typed: known, or refused with the nearest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.choices import called
from cstrack.domain.errors import InputNeeded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.cli.edge import Edge


def known(edge: Edge, code: str | None, listing: str, option: str) -> str | None:
    """The code, if the list has it (its Chinese or English name will do); Usage 2 otherwise."""
    if code is None:
        return None
    return called(code, edge.policy.codes(listing).items(), option)


def known_stage(edge: Edge, code: str | None, option: str) -> str | None:
    """The code of a stage of the policy, by code or name; Usage 2 otherwise."""
    if code is None:
        return None
    return called(code, ((entry["code"], entry) for entry in edge.policy.stages), option)


def all_known(edge: Edge, typed: Iterable[str], listing: str, option: str) -> tuple[str, ...]:
    """Each of several codes, once."""
    return tuple(dict.fromkeys(known(edge, code, listing, option) or "" for code in typed))


def required(edge: Edge, code: str | None, listing: str, option: str) -> str:
    """A code that must be given; InputNeeded 5 names the option."""
    found = known(edge, code, listing, option)
    if found is None:
        raise InputNeeded("choice-needed", option=option, known=list(edge.policy.codes(listing)))
    return found
