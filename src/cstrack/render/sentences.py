"""What refusals say, by kind. Functions, so that the language is chosen before they are read."""

from __future__ import annotations

from cstrack.render.i18n import _


def rules() -> dict[str, str]:
    """Exit 4 and 3: what the rules forbid, and what is not there."""
    return {
        "no-such-case": _("there is no case {C}. See the open ones: cstrack list"),
        "no-such-preset": _("there is no preset {name}.{near} See them: cstrack policy list --presets"),
        "no-such-entry": _("{C} has no entry {seq}, the last is {last}. See them: cstrack timeline {C}"),
        "case-closed": _(
            "{C} was closed on {closed_at}; what can still be done is to note, contact, correct, attach, "
            "link, keep or miss a promise, and pay a remedy. "
            'Take it up again: cstrack reopen {C} -m "..."'
        ),
        "case-merged": _("{C} was merged into C-{into}; work on that one. See it: cstrack show C-{into}"),
        "time-in-future": _(
            "{at} has not come yet; a fact lies in the past. Leave --at out, or give an earlier time"
        ),
        "time-before-opening": _("{at} is before {C} was opened on {opened_at}. Give --at a later time"),
        "time-before-change": _(
            "{at} is before the last change of {C}, entry {changed_seq} on {changed_at}. "
            'Give --at a later time, or write it down: cstrack note {C} -m "..."'
        ),
        "level-above-top": _(
            "{C} is at level {level}, and there is none above. "
            "Name someone to answer for it: cstrack assign {C} WHO"
        ),
        "level-above-top-to": _(
            "there is no level {to}, {top} is the highest. "
            'Hand {C} up: cstrack escalate {C} --to {top} -m "..."'
        ),
        "level-not-higher": _(
            '{C} is at level {level}; {to} is not higher. One step up: cstrack escalate {C} -m "..."'
        ),
        "level-below-bottom": _(
            "{C} is at level {level} and {bottom} is the lowest. "
            'Leave it there, or resolve it: cstrack resolve {C} -m "..."'
        ),
        "level-not-lower": _(
            '{C} is at level {level}; {to} is not lower. One step down: cstrack deescalate {C} -m "..."'
        ),
        "escalate-resolved": _(
            "the status of {C} is {status}, so no level works on it. "
            'Take it up again first: cstrack reopen {C} -m "..."'
        ),
        "crisis-needs-approver": _(
            "{C} is a crisis; going down needs someone else's approval. Name who gave it: "
            'cstrack deescalate {C} --approved-by WHO -m "..."'
        ),
        "already-waiting": _("{C} waits already, until {until_at}. End that pause first: cstrack resume {C}"),
        "pause-not-open": _("{C} is {status}; only work in progress can wait. See it: cstrack show {C}"),
        "pause-in-crisis": _(
            "{C} is a crisis, and the clocks of a crisis do not pause. "
            'Tell the customer instead: cstrack contact {C} --out -m "..."'
        ),
        "pause-ends-before": _(
            "the pause of {C} would end on {until_at}, before it begins. Give --until a later time"
        ),
        "pause-too-long": _(
            "at level {level} a pause may last {cap}, until {latest_at}. "
            'Give --until an earlier time, or hand {C} up: cstrack escalate {C} -m "..."'
        ),
        "not-waiting": _("{C} does not wait; nothing is paused. See it: cstrack show {C}"),
        "propose-resolved": _(
            "the status of {C} is {status}; there is nothing left to propose. "
            'Take it up again: cstrack reopen {C} -m "..."'
        ),
        "date-passed": _("{by_at} has passed; a proposal needs a date to come. Give --by a later time"),
        "already-assigned": _("{C} is with {who} already. See it: cstrack show {C}"),
        "flag-already": _(
            '{C} has the flag {flag} already. Take it away: cstrack flag {C} {flag} --off -m "..."'
        ),
        "flag-not-set": _("{C} does not have the flag {flag}; it has: {flags}. See it: cstrack show {C}"),
        "already-resolved": _(
            "{C} is {status} already. Close it: cstrack close {C} --outcome satisfied, "
            'or take it up again: cstrack reopen {C} -m "..."'
        ),
        "close-needs-callback": _(
            "{C} was resolved on {resolved_at} and its 3-day callback has not been made. "
            "With the customer's own word, close it now: cstrack close {C} --outcome satisfied"
        ),
        "close-needs-resolution": _(
            "the status of {C} is {status}; it was never resolved. "
            'Resolve it: cstrack resolve {C} -m "...", or say how it ended: '
            "cstrack close {C} --outcome no-agreement (or withdrawn, unreachable, invalid, transferred)"
        ),
        "close-outside-unanswered": _(
            "{C} cannot be closed: {body} still waits for our reply. See until when: cstrack why {C}"
        ),
        "reopen-not-ended": _(
            "the status of {C} is {status}; it has not ended. To work on: cstrack show {C}"
        ),
    }


def usage() -> dict[str, str]:
    """Exit 2 and 5: words that mean nothing, and input that is missing."""
    return {
        "time-not-understood": _(
            "the time {phrase} is not understood. Write 2026-11-21 17:40, +3d, tomorrow 9am or 明天下午3点; "
            'try it: cstrack when "tomorrow 9am"'
        ),
        "time-needs-calendar": _(
            "{phrase} counts working time, and the desk's policy names no calendar of its own. "
            "Give a date: 2026-11-21 17:40"
        ),
        "span-not-understood": _("the span {phrase} is not understood. Write 4h, 90m, 3d or 2w"),
        "limit-not-understood": _(
            "the limit {limit} is not understood. Write 15m, 24h, 3d, 2w, 1mo, or in working time 8wh, 5wd"
        ),
        "limit-too-long": _("the limit {limit} is longer than a hundred years. Give {most} at most"),
        "number-not-understood": _("{word} is no case number. Write 42, C-42, or several as 1,4-9"),
        "one-case-only": _("this command takes one case, {word} names several. Name one: C-42"),
        "choice-unknown": _("{option} does not know {value}.{near} Possible: {known}"),
        "options-conflict": _("{options} exclude each other. Give one of them"),
        "field-unknown": _("there is no field {field}.{near} Possible: {known}"),
        "format-not-understood": _("the format {format} has a lone brace. Write {{{{ or }}}} for one"),
        "handle-empty": _("the name is empty. Name someone: cstrack assign 42 wang"),
        "command-unknown": _("there is no command {word}.{near} See: {command} -h"),
        "option-unknown": _("{command} has no option {option}.{near} See: {command} -h"),
        "option-before-command": _("{option} stands after the command: {command} COMMAND {option}"),
        "option-needs-value": _("{option} needs a value. See: {command} -h"),
        "option-takes-no-value": _("{option} takes no value. See: {command} -h"),
        "argument-missing": _("{argument} is missing. For example: {example}"),
        "words-too-many": _(
            "these are more words than {command} takes; put a text into quotes. For example: {example}"
        ),
        "number-needed": _("{option} takes a whole number"),
        "number-needed-from": _("{option} takes a whole number from {least} on"),
        "number-needed-between": _("{option} takes a whole number from {least} to {most}"),
        "topic-unknown": _("there is no help on {topic}.{near} See: cstrack --help"),
        "phone-not-understood": _(
            "{phone} is no phone number. Write 13800000000, +86 138-0000 0000 or 0571-88886666x12"
        ),
        "subject-needed": _('a subject is needed. Give it: cstrack open "what it is about"'),
        "text-needed": _('a text is needed. Give it: {option} "...", or in a file: -F FILE'),
        "choice-needed": _("{option} is missing. Give one of: {known}"),
        "date-needed": _('{option} is missing: by when? Write {option} "fri 17:00"'),
        "direction-needed": _(
            "who spoke? Give --in when the customer spoke to us, --out when we spoke to the customer"
        ),
        "numbers-needed": _(
            "case numbers are to come from standard input, and that is a terminal. Name them: 1,4-9"
        ),
        "numbers-none": _(
            "standard input held no case numbers. Name them: 1,4-9; a text from there goes with -F FILE"
        ),
        "confirmation-needed": _(
            "this changes {count} cases, and nobody is there to confirm it. If it is meant, add {option}"
        ),
        "not-confirmed": _("not confirmed; nothing was changed"),
    }


def inputs() -> dict[str, str]:
    """Exit 6: files and texts that are not accepted."""
    return {
        "text-has-nul": _("{what} holds a NUL character, which cannot be kept. Take it out and try again"),
        "text-not-unicode": _("{what} is not valid text in this terminal's encoding. Write it as UTF-8"),
        "text-too-long": _("{what} is longer than 1 MiB. Shorten it, or say in it where the whole is kept"),
        "file-unreadable": _("{path} cannot be read: {reason}"),
        "import-not-this-preset": _(
            "the file is not what --preset {preset} reads: line {line} lacks {missing}. "
            "Check the file, or name another preset"
        ),
        "import-column-twice": _("line {line} has the column {column} twice. Leave one of them"),
        "import-zip": _("the file is a zip archive. Unpack it first; .gz can be read as it is"),
        "policy-too-large": _("the policy {path} is larger than 1 MiB. Check that it is the file you mean"),
        "policy-not-toml": _("the policy {path} is no TOML, line {line}: {toml}. Correct it"),
        "policy-number-too-long": _(
            "a number or an exponent in the policy {path} is too long to be read. Shorten it"
        ),
        "policy-too-deep": _("the policy {path} is nested deeper than {most}. Take the inner tables out"),
        "policy-invalid": _(
            "the policy {path} is not accepted and nothing was changed. Correct what is named above"
        ),
        "file-not-utf8": _("{path} is not UTF-8 at byte {offset}. Save it as UTF-8"),
    }


def system() -> dict[str, str]:
    """Exit 1, 75 and 78: the database and the configuration."""
    return {
        "database-newer": _(
            "the database has schema {version} and this program knows {known}: a newer cstrack made it. "
            "Nothing was written. Upgrade the program"
        ),
        "database-unreachable": _(
            "the database {path} cannot be used: {reason}. Check --db or CSTRACK_DATABASE_URL"
        ),
        "database-broken": _(
            "{path} is not a sound cstrack database ({reason}). Nothing was written. "
            "Put a backup in its place, or name another with --db"
        ),
        "database-foreign": _(
            "{path} is a database of another program. Nothing was written. Name another file with --db"
        ),
        "database-kind-unknown": _(
            "{kind} is no database that cstrack knows. Give the path of a file, or postgresql://..."
        ),
        "database-readonly": _(
            "the database {path} may not be written: {reason}. Check who owns the file and its folder"
        ),
        "database-busy": _("others kept the database busy for {seconds} s; nothing was written. Try again"),
        "disk-full": _("the disk of {path} is full; nothing more was written. Make room and try again"),
        "disk-fault": _(
            "the disk of {path} is full or fails ({reason}); nothing was written. "
            "Make room, or check the disk, and try again"
        ),
        "recorded-not-printed": _(
            "it is recorded, but could not be printed: {reason}. "
            "Do not type it again; see: cstrack show {cases}"
        ),
        "chain-broken": _(
            "the history of {kind} {number} was altered at entry {seq}; nothing is built upon it. "
            "See: cstrack audit verify"
        ),
        "event-unknown": _(
            "{C} has an entry of type {type} from a newer cstrack. Upgrade the program to write to it"
        ),
        "migrations-missing": _("the installation has no migrations ({path}). Install cstrack again"),
        "migration-orphans": _(
            "the upgrade would leave {count} rows of {table} without their case; nothing was changed"
        ),
        "postgres-not-installed": _("PostgreSQL needs the extra: pip install 'cstrack[postgres]'"),
        "config-missing": _("there is no configuration file {path}. Check --config and CSTRACK_CONFIG"),
        "config-unreadable": _("the configuration {path} is not understood: {reason}. Correct it"),
        "config-too-large": _(
            "the configuration {path} is larger than 16 KiB. Check that it is the file you mean"
        ),
        "config-unknown-key": _("the configuration {path} has an unknown key {key}.{near} Possible: {known}"),
        "config-not-text": _('the configuration {path}: {key} must be a text in quotes: {key} = "..."'),
        "demo-not-empty": _(
            "{db} holds a desk already; the demo needs a database of its own. "
            "Name a new file: cstrack demo --db NEW"
        ),
        "zone-unknown": _(
            "the time zone {zone} is not known. Set one such as Asia/Shanghai with CSTRACK_ZONE"
        ),
    }
