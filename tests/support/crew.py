"""A desk with people: li at level 1, wang at 2, zhao at 3, sun in the east."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain.staff import Person

if TYPE_CHECKING:
    from tests.support.desks import Desk

CREW = (
    Person("zhao", "zhao", level=3, store="north"),
    Person("wang", "王主管", level=2, mail="wang@x.cn", supervisor="zhao"),
    Person("li", "li", level=1, supervisor="wang", store="north"),
    Person("sun", "sun", level=1, store="east"),
)
NAMES = {"north": "北区店", "east": "东区店"}


def staffed(desk: Desk) -> None:
    """Put them on the staff of that desk, with two stores."""
    with desk.writing() as db, db.transaction():
        for code, name in NAMES.items():
            db.execute("INSERT INTO store (code, name) VALUES (?, ?)", (code, name))
    desk.has(*CREW)
