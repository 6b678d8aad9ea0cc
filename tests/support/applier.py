"""Applies a policy as a process of its own: `python -m tests.support.applier URL LIMIT`."""

from __future__ import annotations

import sys

from tests.support.desks import Desk
from tests.support.rules import limits, rules
from tests.support.spec import hours


def main(url: str, limit: str) -> None:
    Desk(url).applies(rules(limits(limit)), hours(5))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
