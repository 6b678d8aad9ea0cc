"""The refusal tree: everything cstrack says no to, with its exit status.

    CstrackError            1   something is broken (database, chain)
    +- Usage                2   words on the command line that mean nothing
    +- NotFound             3   no such case, customer, ... or more than one
    +- Refused              4   forbidden by the rules
    +- InputNeeded          5   input needed and nobody there, or not confirmed
    +- BadInput             6   a file, a text or a policy that is not accepted
    +- Busy                75   the database stayed locked
    +- BadConfig           78   bad configuration, or a database newer than the program

An error carries a code (a stable slug) and facts; the words for it live in
render/refusals.py, in every language. Facts are plain values (str, int, list).
"""

from __future__ import annotations


class CstrackError(Exception):
    """One refusal: `code` names it for programs, `facts` fill its words."""

    status = 1

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Usage(CstrackError):
    """The command line says something that cannot be understood."""

    status = 2


class NotFound(CstrackError):
    """What was named does not exist, or is not one thing."""

    status = 3


class Refused(CstrackError):
    """The rules forbid it in this state, at this level, at this time."""

    status = 4


class InputNeeded(CstrackError):
    """Something must be asked and nobody is there to answer."""

    status = 5


class BadInput(CstrackError):
    """A file or a text whose content is not accepted."""

    status = 6


class Busy(CstrackError):
    """The database stayed locked by others for too long."""

    status = 75


class BadConfig(CstrackError):
    """Configuration that is wrong, or a database made by a newer program."""

    status = 78
