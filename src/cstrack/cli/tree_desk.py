"""The second half of the command tree: hands, people, remedies, files, groups, and the desk itself."""

from __future__ import annotations

from cstrack.cli.verbs import Group, Verb
from cstrack.render.i18n import _


def desk() -> dict[str, Verb | Group]:
    """The commands behind those for single cases, in the order of help."""
    return {
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
