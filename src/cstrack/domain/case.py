"""A case: what its events amount to (domain/evolve.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cstrack.domain.clock import numbered

if TYPE_CHECKING:
    from cstrack.domain.agreement import Agreement, Meeting, Proposal
    from cstrack.domain.attachment import Attachment
    from cstrack.domain.checklist import Ticked
    from cstrack.domain.clock import Clock
    from cstrack.domain.demand import Demand
    from cstrack.domain.duties import Duty
    from cstrack.domain.letters import Letter
    from cstrack.domain.own_fields import Values
    from cstrack.domain.remedy import Remedy
    from cstrack.domain.sign import Sign
    from cstrack.domain.stage import Stage
    from cstrack.domain.visit import Visit

IN_WORK, WAITING, AGREED = "open", "waiting", "agreed"
RESOLVED, CLOSED, MERGED = "resolved", "closed", "merged"
ENDED = (CLOSED, MERGED)
REGULATOR, REGULATORS = "regulator", ("12315", "12345", "miit")
"""The channel and the outside bodies that make a case a regulator's."""


class Pause(NamedTuple):
    """A time that the case waited: from, to (its planned end while it lasts), and for whom."""

    start: int
    end: int
    waiting_for: str


class Case(NamedTuple):
    """One complaint; times in UTC seconds, people as handles, `flags` sorted, `demands` by their rank.

    `handed_to` and `sent_to` are the person and the store that it is offered to, `handed_by` who offers;
    `unowned_since` is when a hand-up found nobody on duty, `last_owner` who owned it before that.
    `absorbed` are the cases that were merged into it, `links` those that it was tied to, by number;
    `granted_before` is the sum that was granted in those that were merged into it.
    `stage` is the one that it is in; `spoke_at` is when somebody of ours spoke to the customer, in order
    of time.
    """

    number: int
    seq: int = 0
    kind: str = ""
    subject: str | None = None
    status: str = ""
    outcome: str | None = None
    level: int = 0
    owner: str | None = None
    handler: str | None = None
    first_contact: str | None = None
    customer_number: int | None = None
    product_number: int | None = None
    category: str | None = None
    channel: str | None = None
    flags: tuple[str, ...] = ()
    opened_at: int = 0
    agreed_at: int | None = None
    resolved_at: int | None = None
    closed_at: int | None = None
    cycle: int = 1
    cycle_at: int = 0
    policy: str | None = None
    pauses: tuple[Pause, ...] = ()
    changed_at: int = 0
    changed_seq: int = 0
    changed_by: str = ""
    unknown: str | None = None
    clocks: tuple[Clock, ...] = ()
    promises: tuple[Duty, ...] = ()
    tasks: tuple[Duty, ...] = ()
    demands: tuple[Demand, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    store: str | None = None
    against: str | None = None
    handed_to: str | None = None
    sent_to: str | None = None
    stage: str | None = None
    unowned_since: int | None = None
    merged_into: int | None = None
    group_number: int | None = None
    absorbed: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    letters: tuple[Letter, ...] = ()
    last_owner: str | None = None
    stages: tuple[Stage, ...] = ()
    visits: tuple[Visit, ...] = ()
    spoke_at: tuple[int, ...] = ()
    handed_by: str | None = None
    handed_at: int | None = None
    sent_at: int | None = None
    remedies: tuple[Remedy, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    fields: Values = ()
    signs: tuple[Sign, ...] = ()
    granted_before: int = 0

    @property
    def exists(self) -> bool:
        """Whether it was opened, and its opening stands; one that was undone has a history and no more."""
        return bool(self.kind)

    @property
    def asked_of(self) -> str | None:
        """Whose it is, or was last: his supervisor, store and team say who answers next."""
        return self.owner or self.last_owner or self.handler or self.first_contact

    @property
    def crisis(self) -> bool:
        """Whether it is a crisis: on top of every list, and its clocks do not pause."""
        return "crisis" in self.flags

    @property
    def is_regulators(self) -> bool:
        """Whether a regulator sent it or wrote about it: nothing above the standard of service is granted."""
        return self.channel == REGULATOR or any(one.body.lower() in REGULATORS for one in self.letters)

    @property
    def granted(self) -> int:
        """The sum of what was granted in it, and in the cases that were merged into it."""
        return self.granted_before + sum(one.amount for one in self.remedies if one.counts)

    @property
    def pause(self) -> Pause | None:
        """The pause that the case is in, if it waits."""
        return self.pauses[-1] if self.status == WAITING else None

    @property
    def on_site(self) -> Visit | None:
        """The visit of a customer who is here and waits, if one is."""
        return self.visits[-1] if self.visits and self.visits[-1].left_at is None else None

    def running(self, kind: str) -> Clock | None:
        """The clock of this kind that runs (or is paused) in the present cycle, if one does."""
        return next((c for c in reversed(self.clocks) if c.kind == kind and c.running), None)

    def still_running(self, n: int | None) -> Clock | None:
        """The clock of this number, while it runs."""
        return next((clock for clock in self.clocks if clock.n == n and clock.running), None)

    def clock_of(self, duty: Duty) -> Clock:
        """The clock of a promise or a task."""
        return numbered(self.clocks, duty.clock)

    def unanswered(self, kind: str, at: int) -> Clock | None:
        """The clock of this kind that nothing had answered at `at`: it runs, or was answered only later."""
        return next((c for c in self.clocks if c.kind == kind and c.unanswered(at)), None)
