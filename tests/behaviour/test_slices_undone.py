"""Orders of every kind taken back, on both kinds of database: every row is as it was before."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import road
from cstrack.domain.attachment import Handed
from cstrack.domain.decide import (
    attaching,
    demands,
    ending,
    handing,
    levels,
    on_site,
    own_fields,
    people,
    promises,
    remedies,
    stages,
    talk,
)
from cstrack.domain.remedy import Wanted
from cstrack.domain.staff import Person
from tests.support.own_fields import own_rules
from tests.support.spec import T0, hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.desks import Desk

REFUND, VOUCHER = Wanted("refund", 2_000_000), Wanted("voucher", 3_000)
FILE = Handed("单.txt", sha256(b"x").hexdigest(), 1)
SHADOWS = (
    "case_current",
    "clock",
    "customer_current",
    "customer_key",
    "product_current",
    "own_field",
    "outbox",
    "remedy",
    "attachment",
    "group_current",
)
STEPPED = ("case_current", "customer_current", "group_current", "product_current")
"""Rows whose second column is the number of the last entry."""


def rows(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every current row, and who is to be told of what, without numbers of entries."""
    found = {
        table: sorted(desk.rows(f"SELECT * FROM {table}"), key=repr)  # noqa: S608  constants
        for table in SHADOWS
    }
    for table in STEPPED:
        found[table] = [(row[0], *row[2:]) for row in found[table]]
    return found


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A case with something of everything, and another of the same customer."""
    desk.applies(own_rules(), 0)
    desk.has(
        Person("li", store="north"),
        Person("wang", level=2, store="north"),
        Person("zhao", level=3, store="south"),
    )
    given = (("case", "order-number", "A-1"), ("customer", "job", "教师"), ("product", "mileage", "5"))
    for at in (1, 2):
        desk.open(at, name="张三", phone="13800000000", channel="web", fields=given)
    desk.does(remedies.ask, 60, 1, 2, wanted=REFUND)
    desk.does(remedies.ask, 61, wanted=VOUCHER)
    road.change(desk.road(62), [1], lambda draft: attaching.attach(draft, files=[FILE]), blobs=[b"x"])
    desk.does(promises.promise, 63, text="call", due=T0 + hours(30))
    desk.does(demands.add, 64, text="new part")
    desk.does(on_site.arrive, 65)
    desk.does(stages.enter, 66, code=STAGE)
    desk.does(handing.offer, 67, 1, 2, to="wang", text="x")
    desk.does(handing.transfer, 68, store="south", text="x")
    return desk


STAGE = "plan"
ORDERS: dict[str, tuple[Callable[..., None], str, tuple[int, ...], dict[str, Any]]] = {
    "granted": (remedies.ask, "li", (1,), {"wanted": VOUCHER}),
    "asked": (remedies.ask, "li", (1,), {"wanted": REFUND}),
    "approved": (remedies.approve, "zhao", (1,), {"r": 1, "text": "x"}),
    "rejected": (remedies.reject, "zhao", (1,), {"r": 1, "text": "x"}),
    "withdrawn": (remedies.withdraw, "li", (1,), {"r": 1, "text": "x"}),
    "paid": (remedies.pay, "li", (1,), {"r": 3, "receipt": "x"}),
    "agreed": (ending.agree, "li", (1,), {"text": "x", "files": [FILE], "remedy": VOUCHER}),
    "attached": (attaching.attach, "li", (1, 2), {"files": [FILE]}),
    "on site": (on_site.arrive, "li", (2,), {}),
    "left": (on_site.leave, "li", (1,), {}),
    "told on site": (talk.contact, "li", (1,), {"direction": "out", "text": "x"}),
    "in a stage": (stages.enter, "li", (2,), {"code": STAGE}),
    "out of a stage": (stages.leave, "li", (1,), {}),
    "offered": (handing.offer, "li", (1, 2), {"to": "zhao", "text": "x"}),
    "accepted": (handing.accept, "wang", (1, 2), {}),
    "sent": (handing.transfer, "li", (2,), {"store": "south", "text": "x"}),
    "arrived": (handing.take, "zhao", (1,), {}),
    "assigned": (people.assign, "li", (1, 2), {"owner": "zhao", "handler": "wang"}),
    "about somebody": (people.against, "li", (1,), {"name": "zhao"}),
    "handed up": (levels.escalate, "li", (1, 2), {"text": "x", "to": 3}),
    "fields": (
        own_fields.set_fields,
        "li",
        (1, 2),
        {
            "changes": (
                ("case", "order-number", "B-2"),
                ("customer", "job", None),
                ("product", "mileage", "7"),
            )
        },
    ),
}


@pytest.mark.parametrize("what", ORDERS)
def test_an_order_is_taken_back_with_every_row_that_it_wrote(busy: Desk, what: str) -> None:
    order, who, numbers, words = ORDERS[what]
    before = rows(busy)
    way = busy.road(hours(1), who=who)
    road.change(way, numbers, lambda draft: order(draft, **words), blobs=[b"x"])
    assert rows(busy) != before
    busy.is_sound()
    busy.undo(hours(2), who=who)
    assert rows(busy) == before
    busy.is_sound()
    road.change(busy.road(hours(3), who=who), numbers, lambda draft: order(draft, **words), blobs=[b"x"])
    busy.is_sound()


def test_a_merge_is_taken_back_with_every_row_that_it_wrote(busy: Desk) -> None:
    busy.does(remedies.approve, 70, who="zhao", r=1, text="x")
    busy.does(on_site.leave, 71)
    busy.link(1, 2, 72)
    before = rows(busy)
    busy.merge(1, 2, hours(1))
    assert rows(busy) != before
    busy.is_sound()
    busy.undo(hours(2))
    assert rows(busy) == before
    busy.is_sound()
