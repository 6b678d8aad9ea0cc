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
    """A noun with commands of its own; `alone` is the one that is meant where none is named."""

    summary: str
    verbs: dict[str, Verb]
    alone: str = ""


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
            'cstrack agree 42 -m "accepted by phone" --with 张三 --attach contract.pdf --signed yesterday',
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
        "handover": Group(
            _("What goes to the next one."),
            {
                "offer": Verb(
                    "handing:offer",
                    _("Offer your cases to somebody."),
                    'cstrack handover offer 1,4-9 --to wang -m "parts arrive on Friday"',
                ),
                "accept": Verb(
                    "handing:accept", _("Take over what is offered to you."), "cstrack handover accept"
                ),
                "list": Verb("handing:list_", _("List what is offered."), "cstrack handover list"),
            },
            alone="offer",
        ),
        "transfer": Verb(
            "handing:transfer",
            _("Give a case to another store, or accept one."),
            'cstrack transfer 42 --store east -m "he lives there"',
        ),
        "staff": Group(
            _("The people of the desk."),
            {
                "add": Verb(
                    "staff:add",
                    _("Put somebody on the staff."),
                    "cstrack staff add wang --name 王主管 --level 2 --mail wang@example.com",
                ),
                "list": Verb("staff_list:list_", _("List the staff."), "cstrack staff list"),
                "show": Verb(
                    "staff_list:show", _("Show a person and what is held."), "cstrack staff show wang"
                ),
                "edit": Verb(
                    "staff:edit", _("Change what is known."), "cstrack staff edit wang --level 3 --deputy li"
                ),
                "away": Verb(
                    "staff:away",
                    _("Say that somebody is away, or back."),
                    'cstrack staff away wang --until "fri 17:00" --deputy li',
                ),
                "remove": Verb("staff:remove", _("Take somebody off."), "cstrack staff remove wang"),
            },
        ),
        "store": Group(
            _("The stores of the desk."),
            {
                "add": Verb(
                    "stores:add", _("Add a store, or rename one."), "cstrack store add east --name 东区店"
                ),
                "list": Verb("stores:list_", _("List the stores."), "cstrack store list"),
            },
        ),
        "duty": Group(
            _("Who is on duty, and who is on call."),
            {
                "import": Verb("duty:import_", _("Take over a roster."), "cstrack duty import roster.csv"),
                "now": Verb("duty:now", _("Who is there."), "cstrack duty now"),
                "on": Verb("duty:on", _("Begin duty."), "cstrack duty on wang"),
                "off": Verb("duty:off", _("End duty."), "cstrack duty off wang"),
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
        "attach": Verb(
            "attachments:attach",
            _("Keep files with a case."),
            'cstrack attach 42 photo.jpg -m "sent by the customer"',
        ),
        "attachment": Group(
            _("Files that are kept with cases."),
            {
                "list": Verb(
                    "attachments:list_", _("List the files of a case."), "cstrack attachment list 42"
                ),
                "save": Verb(
                    "attachments:save",
                    _("Write an attachment to a file."),
                    "cstrack attachment save 42 1 -o contract.pdf",
                ),
            },
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
        "set": Verb(
            "own_fields:set_",
            _("Fill in fields of the desk's own."),
            "cstrack set 42 --field 订单号=20260412-7",
        ),
        "step": Verb("steps:step", _("Tick a step of a checklist."), "cstrack step 42 apologise"),
        "stage": Verb(
            "stages:stage", _("Enter a stage of the service flow."), "cstrack stage 42 plan --checked"
        ),
        "arrive": Verb(
            "on_site:arrive", _("The customer is here and waits."), "cstrack arrive 42 --expected 10:30"
        ),
        "leave": Verb("on_site:leave", _("The customer has left."), "cstrack leave 42"),
        "meeting": Verb(
            "steps:meeting",
            _("Record a meeting about a case."),
            'cstrack meeting 42 --with "wang, li" -m "replace it at our cost"',
        ),
        "group": Group(
            _("Group complaints: cases about one matter."),
            {
                "add": Verb(
                    "groups:add",
                    _("Make cases one group, or add some to it."),
                    'cstrack group add 1,4,9 --statement "we recall the battery"',
                ),
                "show": Verb("groups:show", _("Show a group and its cases."), "cstrack group show G-3"),
                "list": Verb(
                    "groups:list_", _("List groups with open cases."), "cstrack group list --suggested"
                ),
                "edit": Verb(
                    "groups:edit",
                    _("Change a group's lead, name or statement."),
                    "cstrack group edit G-3 --lead 4",
                ),
                "drop": Verb(
                    "groups:drop",
                    _("Take cases out of a group."),
                    'cstrack group drop G-3 4 -m "another matter"',
                ),
            },
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
