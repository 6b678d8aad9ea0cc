"""A writer as a process of its own: `python -m tests.support.writer URL NAME COUNT OWN SHARED`.

Writes notes in turn on a case of its own and on one it shares with others; says what it was told.
"""

from __future__ import annotations

import sys

from cstrack.domain.decide import talk
from tests.support.desks import Desk


def main(url: str, name: str, count: int, own: int, shared: int) -> None:
    desk = Desk(url)
    for n in range(count):
        desk.does(talk.note, 60 + n, shared if n % 2 else own, text=f"{name} {n}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
