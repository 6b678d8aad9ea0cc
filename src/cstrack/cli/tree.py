"""The command tree: name -> where it lives, what it does, one example. Groups are nested tables.

Help, completion scripts and the docs are made from it; a command's module is imported only when it runs.
"""

from __future__ import annotations

from typing import NamedTuple

from cstrack.render.i18n import _


class Verb(NamedTuple):
    """One command: `module:function` under cstrack.cli, a one-line summary, an example."""

    target: str
    summary: str
    example: str


class Group(NamedTuple):
    """A noun with commands of its own."""

    summary: str
    verbs: dict[str, Verb]


def tree() -> dict[str, Verb | Group]:
    """Every command, in the order of help."""
    return {
        "open": Verb(
            "open_:open_", _("Open a case."), 'cstrack open "空调不制冷" --customer 张三 --phone 13800000000'
        ),
        "list": Verb("list_:list_", _("List cases that are not closed."), "cstrack list --level 2"),
        "overdue": Verb(
            "overdue:overdue", _("What is late, and what is due next."), "cstrack overdue --today"
        ),
        "show": Verb("show:show", _("Show a case and its clocks."), "cstrack show 42"),
        "timeline": Verb("timeline:timeline", _("What happened to a case."), "cstrack timeline 42"),
        "why": Verb("why:why", _("The arithmetic of each clock of a case."), "cstrack why 42"),
        "note": Verb("talk:note", _("Write an internal note."), 'cstrack note 42 -m "parts ordered"'),
        "contact": Verb(
            "talk:contact",
            _("Record a conversation with the customer."),
            'cstrack contact 42 --out --channel phone -m "told him the date"',
        ),
        "assign": Verb("people:assign", _("Name the owner or the handler."), "cstrack assign 42 wang"),
        "escalate": Verb(
            "levels:escalate", _("Hand a case up a level."), 'cstrack escalate 42 -m "no answer"'
        ),
        "deescalate": Verb(
            "levels:deescalate",
            _("Give a case back to a lower level."),
            'cstrack deescalate 42 -m "only a question"',
        ),
        "pause": Verb(
            "waiting:pause",
            _("Let a case wait for the customer, the supplier or a third party."),
            "cstrack pause 42 --waiting-for supplier --until +2d",
        ),
        "resume": Verb("waiting:resume", _("End a pause."), "cstrack resume 42"),
        "flag": Verb("flags:flag", _("Set a warning sign, or take it away."), "cstrack flag 42 safety"),
        "propose": Verb(
            "talk:propose",
            _("Offer a solution with a date."),
            'cstrack propose 42 -m "new compressor" --by "fri 17:00"',
        ),
        "agree": Verb("ending:agree", _("The customer accepted."), 'cstrack agree 42 -m "accepted by phone"'),
        "resolve": Verb(
            "ending:resolve", _("It is carried out."), 'cstrack resolve 42 -m "compressor replaced"'
        ),
        "close": Verb(
            "ending:close", _("End a case with an outcome."), "cstrack close 42 --outcome satisfied"
        ),
        "reopen": Verb(
            "ending:reopen", _("Take an ended case up again."), 'cstrack reopen 42 -m "noise is back"'
        ),
        "correct": Verb(
            "talk:correct",
            _("Say that an entry is wrong."),
            'cstrack correct 42 3 -m "it was the left wheel"',
        ),
        "extend": Verb(
            "extending:extend",
            _("Give a clock more time."),
            'cstrack extend 42 final-response --approved-by wang -m "expert opinion needed"',
        ),
        "promise": Group(
            _("What was promised to customers."),
            {
                "add": Verb(
                    "promises:add",
                    _("Promise something by a time."),
                    'cstrack promise add 42 "回电说明配件到货" --due "明天下午3点"',
                ),
                "keep": Verb("promises:keep", _("It was kept."), "cstrack promise keep 42 1"),
                "miss": Verb(
                    "promises:miss",
                    _("It was not kept."),
                    'cstrack promise miss 42 1 -m "the part is still at sea"',
                ),
                "move": Verb(
                    "promises:move",
                    _("Give it another time, with the customer's word."),
                    'cstrack promise move 42 1 --due "fri 17:00" --agreed -m "he travels"',
                ),
                "list": Verb("promises:list_", _("List what is still to be kept."), "cstrack promise list"),
            },
        ),
        "task": Group(
            _("What was asked of departments."),
            {
                "add": Verb(
                    "tasks:add",
                    _("Ask a department for work by a time."),
                    'cstrack task add 42 --to 配件部 --due "fri 17:00" -m "查库存"',
                ),
                "done": Verb(
                    "tasks:done", _("Write down the answer."), 'cstrack task done 42 1 -m "in stock"'
                ),
                "return": Verb(
                    "tasks:return_",
                    _("Send it back to the department."),
                    'cstrack task return 42 1 -m "which date?"',
                ),
                "list": Verb("tasks:list_", _("List what is not answered."), "cstrack task list"),
            },
        ),
        "remedy": Group(
            _("What customers get."),
            {
                "ask": Verb(
                    "remedies:ask",
                    _("Grant a remedy, or ask for it."),
                    'cstrack remedy ask 42 refund --amount 2000 -m "third repair"',
                ),
                "withdraw": Verb(
                    "remedies:withdraw",
                    _("Take back what one asked for."),
                    'cstrack remedy withdraw R-7 -m "he wants a repair"',
                ),
                "paid": Verb(
                    "remedies:pay", _("The customer has it."), "cstrack remedy paid R-7 --receipt 2026-118"
                ),
                "list": Verb("remedies:list_", _("List remedies."), "cstrack remedy list --waiting"),
            },
        ),
        "approve": Verb(
            "remedies:approve", _("Grant what somebody asked for."), 'cstrack approve R-7 -m "as agreed"'
        ),
        "reject": Verb(
            "remedies:reject",
            _("Say no to what somebody asked for."),
            'cstrack reject R-7 -m "not our fault"',
        ),
        "sweep": Verb("sweep:sweep", _("Do what clocks that ran out call for."), "cstrack sweep --dry-run"),
        "import": Verb(
            "import_:import_",
            _("Load complaints from a file."),
            "cstrack import complaints.csv --preset cfpb --dry-run",
        ),
        "when": Verb("when:when", _("Show how a date phrase is understood."), 'cstrack when "tomorrow 9am"'),
        "demo": Verb("demo:demo", _("Show a sample desk."), "cstrack demo"),
        "doctor": Verb("doctor:doctor", _("Replay the record and compare."), "cstrack doctor"),
        "step": Verb("steps:step", _("Tick a step of a checklist."), "cstrack step 42 apologise"),
        "meeting": Verb(
            "steps:meeting",
            _("Record a meeting about a case."),
            'cstrack meeting 42 --with "wang, li" -m "replace it at our cost"',
        ),
        "demand": Group(
            _("What the customer wants."),
            {
                "add": Verb(
                    "demands:add",
                    _("Write down a demand."),
                    'cstrack demand add 42 "a new compressor" --rank 1',
                ),
                "answer": Verb(
                    "demands:answer",
                    _("Answer a demand."),
                    'cstrack demand answer 42 1 --cannot -m "not in the warranty"',
                ),
                "list": Verb("demands:list_", _("List the demands of a case."), "cstrack demand list 42"),
            },
        ),
        "policy": Group(
            _("What the desk goes by."),
            {
                "list": Verb("policy:list_", _("List policies."), "cstrack policy list --presets"),
                "show": Verb("policy:show", _("Show a policy."), "cstrack policy show"),
                "check": Verb("policy:check", _("Check a policy file."), "cstrack policy check desk.toml"),
                "diff": Verb("policy:diff", _("Compare policies."), "cstrack policy diff desk.toml"),
                "apply": Verb(
                    "policy_apply:apply", _("Apply a policy."), "cstrack policy apply desk.toml --dry-run"
                ),
                "export": Verb(
                    "policy:export", _("Print a policy as a file."), "cstrack policy export --preset fca"
                ),
            },
        ),
        "calendar": Group(
            _("When the desk works."),
            {
                "show": Verb("calendar_:show", _("Show calendars."), "cstrack calendar show"),
                "import": Verb(
                    "calendar_:import_",
                    _("Add holidays from a file."),
                    "cstrack calendar import 2027.ics --calendar workshop --through 2027-12-31",
                ),
                "check": Verb(
                    "calendar_:check", _("Check a file of holidays, or the desk."), "cstrack calendar check"
                ),
            },
        ),
        "audit": Group(
            _("Prove that nothing was altered."),
            {"verify": Verb("audit:verify", _("Check the chain of every history."), "cstrack audit verify")},
        ),
        "help": Verb("help_:help_", _("Explain a command or a topic."), "cstrack help exit-codes"),
        "completion": Verb(
            "completion:completion", _("Print the completion script of a shell."), "cstrack completion bash"
        ),
    }
