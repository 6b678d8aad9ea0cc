"""How a command opens the registers of people: what is there is read lean, what changes is written whole."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from cstrack.app import road
from cstrack.domain.staff import NOBODY
from cstrack.record import staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from cstrack.cli.edge import Edge
    from cstrack.domain.staff import Person, Roster
    from cstrack.record.connect import Db


class Registers(NamedTuple):
    """An open desk whose registers may be changed; both are None where there is no desk yet."""

    db: Db | None
    session: Session | None
    roster: Roster

    def write(self, person: Person) -> None:
        """Write the row of a person."""
        from cstrack.store import people

        assert self.session is not None  # noqa: S101  whoever is on the roster is in a database
        people.write_person(self.session, person._asdict())


@contextmanager
def editing(edge: Edge, *, create: bool = False) -> Iterator[Registers]:
    """The registers, to be changed: committed in the end, and nothing is judged meanwhile."""
    with road.desk_for_writing(edge.road, create=create) as desk:
        if desk is None:
            yield Registers(None, None, NOBODY)
            return
        from cstrack.store import people

        with people.editing(edge.url) as session:
            yield Registers(desk.db, session, staff.roster(desk.db))


def when(edge: Edge) -> int:
    """The moment that a change of a register is said for."""
    return edge.now if edge.at is None else edge.at
