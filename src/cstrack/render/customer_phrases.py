"""A sentence for each event of a customer or a product, and for fields of the desk's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.render import own_fields
from cstrack.render.i18n import _
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstrack.render.phrases import Told


def changed(told: Told) -> str:
    """The fields that were set and emptied."""
    return own_fields.changes(told.facts, told.words) or _("fields")


def _customer(told: Told) -> str:
    name = safe(told.words.get("name"))
    return _("customer registered: {name}").format(name=name) if name else _("customer registered")


def _product(told: Told) -> str:
    name = " ".join(filter(None, map(told.fact, ("make", "model", "year"))))
    return _("product registered: {name}").format(name=name) if name else _("product registered")


CUSTOMERS: dict[str, Callable[[Told], str]] = {"registered": _customer, "changed": changed}
PRODUCTS: dict[str, Callable[[Told], str]] = {"registered": _product, "changed": changed}
