"""`--field NAME=VALUE`: a field of the desk's own, as orders and lists take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cstrack.domain.errors import Usage
from cstrack.render.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.cli.edge import Edge
    from cstrack.domain.own_fields import Change

Field = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME=VALUE",
        help=_("A field of the desk's own, such as 订单号=123; may be repeated."),
    ),
]
Having = Annotated[
    list[str] | None,
    typer.Option(
        "--field", metavar="NAME=VALUE", help=_("Only cases with this in a field of the desk's own.")
    ),
]


def read(edge: Edge, words: Iterable[str] | None) -> tuple[Change, ...]:
    """What --field says; Usage 2 for a name or a value that means nothing."""
    if not words:
        return ()
    from cstrack.domain import field_values

    return field_values.read(edge.policy.every_field(), words, now=edge.now, zone=edge.zone)


def wanted(edge: Edge, words: Iterable[str] | None) -> tuple[Change, ...] | None:
    """What a list is narrowed by; None for nothing."""
    changes = read(edge, words)
    for _on, code, value in changes:
        if value is None:
            raise Usage("own-field-value-needed", own_field=code)
    return changes or None
