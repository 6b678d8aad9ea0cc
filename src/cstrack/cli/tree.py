"""The command tree: name -> where it lives, what it does, one example. Groups are nested tables.

Help, completion scripts and the docs are made from it; a command's module is imported only when it runs.
"""

from __future__ import annotations

from cstrack.cli.tree_desk import desk
from cstrack.cli.verbs import Group, Verb
from cstrack.render.i18n import _


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
        "agree": Verb(
            "ending:agree",
            _("The customer accepted."),
            'cstrack agree 42 -m "by phone" --with 张三 --attach contract.pdf',
        ),
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
        "merge": Verb(
            "pairs:merge",
            _("Merge a case into another of the same matter."),
            'cstrack merge 43 42 -m "he wrote after he had called"',
        ),
        "link": Verb("pairs:link", _("Tie two cases together."), "cstrack link 42 17"),
        "undo": Verb("undo:undo", _("Take back what you ordered last."), "cstrack undo --dry-run"),
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
        **desk(),
    }
