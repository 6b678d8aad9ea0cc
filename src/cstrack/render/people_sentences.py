"""What refusals say about staff, and about who may do what."""

from __future__ import annotations

from cstrack.render.i18n import _


def people() -> dict[str, str]:
    """What somebody is refused who is not of the staff, or not the one that may."""
    return {
        "actor-unknown": _(
            "{actor} is not of the staff, and only the staff act on cases.{near} "
            "See who is: cstrack staff list. Act under a name: --as HANDLE"
        ),
        "actor-not-yours": _(
            "this account belongs to {own}; only an operator acts for somebody else. Leave --as {actor} out"
        ),
    }
