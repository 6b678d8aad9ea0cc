"""`cstrack doctor`: replay the record and compare it with what lists read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cstrack.cli.edge import Edge
from cstrack.render.i18n import _
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from cstrack.store.doctor import Finding

ADVICE = 8


def doctor(
    edge: Edge,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("Exit with 8 when there is advice."))
    ] = False,
) -> None:
    """Replay every history, compare, and look at what the database stands on."""
    from cstrack.record import audit
    from cstrack.store import doctor as examiner

    with edge.reading() as db:
        if db is None:
            zones = examiner.zone_rules()
            _say(edge, {"cases": 0, "events": 0, "zone_rules": zones, "findings": [], "advice": []})
            return
        examined = examiner.examine(db)
        verified = audit.verify(db)
        advice = examiner.advice(db, edge.policy, edge.now)
    broken = [{"code": "chain-broken", "what": f"{b.kind} {b.number}, {b.seq}"} for b in verified.broken]
    broken += [{"code": "run-forged", "what": run} for run in verified.runs]
    findings = broken + [_object(finding) for finding in examined.findings]
    _say(
        edge,
        {
            "cases": examined.cases,
            "events": examined.events,
            "zone_rules": examiner.zone_rules(),
            "findings": findings,
            "advice": [_object(item) for item in advice],
        },
    )
    if findings:
        raise typer.Exit(1)
    if advice and exit_code:
        raise typer.Exit(ADVICE)


def _object(finding: Finding) -> dict[str, Any]:
    return {key: value for key, value in finding._asdict().items() if value is not None}


def _say(edge: Edge, found: dict[str, Any]) -> None:
    if edge.options.get("json"):
        from cstrack.render import json

        sys.stdout.write(json.one({"schema": 1, **found}))
        return
    from cstrack.render.fold import paragraph

    words = {
        "chain-broken": _("the history was altered"),
        "run-forged": _("a run of the program is not what its id says"),
        "row-differs": _("the list shows {recorded}, the history says {replayed}"),
        "clock-differs": _("the clock is not what its history says"),
        "field-differs": _("the field is not what its history says"),
        "row-without-events": _("listed, but without a history"),
        "events-without-row": _("has a history, but is not listed"),
        "policy-differs": _("the policy is not what its application says; it was altered"),
        "calendar-ends-soon": _(
            "holidays are confirmed through {recorded} only: cstrack calendar import FILE --calendar {what}"
        ),
        "counter-behind": _("the next number would be taken twice"),
        "sqlite-wal-reset": _("this SQLite has a known defect with WAL files; use 3.51.3 or newer"),
    }
    for finding in found["findings"] + found["advice"]:
        facts = {name: safe(str(finding.get(name))) for name in ("what", "recorded", "replayed")}
        text = words[finding["code"]].format(**facts)
        sys.stdout.write(paragraph(f"{safe(finding['what'])}: {text}", edge.look))
    if not edge.quiet and not found["findings"]:
        text = _(
            "{cases} cases, {events} events: every history leads to what lists show. Zone rules {zone_rules}"
        )
        sys.stdout.write(paragraph(text.format(**found), edge.look))
