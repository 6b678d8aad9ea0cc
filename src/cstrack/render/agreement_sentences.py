"""What refusals say about agreements and attached files."""

from __future__ import annotations

from cstrack.render.i18n import _


def agreements() -> dict[str, str]:
    """What an agreement is refused for, and a step of a case that was taken up again."""
    return {
        "signed-in-future": _(
            "{signed} has not come yet; a paper is signed by today. "
            "Give --signed an earlier day, or leave it out"
        ),
        "day-needed": _("{option} takes a whole day, which {phrase} is not. Write {option} 2026-11-20"),
        "step-before-cycle": _(
            "{at} is before {C} was taken up again, on {reopened_at}, and its steps began anew. "
            'Give --at a later time, or write it down: cstrack note {C} -m "..."'
        ),
    }


def attachments() -> dict[str, str]:
    """What a file is not accepted for, and what stands in the way of saving one."""
    return {
        "attachment-unreadable": _("{file} cannot be read: {reason}. Check the name"),
        "attachment-not-a-file": _("{file} is no file but a folder, a pipe or a device. Name a file"),
        "attachment-too-large": _(
            "{file} is larger than {most} MiB. Make it smaller, or say in a note where it is kept"
        ),
        "attachments-too-large": _(
            "these files are larger than {most} MiB together. Attach some of them with a second command"
        ),
        "attachment-empty": _("{file} is empty. Check that it was saved, and attach it again"),
        "attachment-changed": _("{file} changed while it was read. Attach it once it is finished"),
        "no-such-attachment": _(
            "{C} has no attachment {n}; it has {count}. See them: cstrack attachment list {C}"
        ),
        "attachment-missing": _(
            "what was attached cannot be read from {path}: {reason}. "
            "Put it back from a backup; what else is missing: cstrack doctor"
        ),
        "attachment-differs": _(
            "{path} is not what was attached: it was altered, or the disk fails. "
            "Put it back from a backup; what else is damaged: cstrack doctor"
        ),
        "output-needed": _("-o is missing: where to? Write -o FILE, or -o - for standard output"),
        "output-is-terminal": _(
            "standard output is a terminal, which a file may confuse. "
            "Write -o FILE, or lead it on with a pipe"
        ),
        "output-exists": _("{file} is there already. Give -o another name, or overwrite it with --force"),
        "output-not-a-file": _("{file} is no file but a folder, a pipe or a device. Give -o another name"),
        "output-unwritable": _("{file} cannot be written: {reason}. Give -o another name"),
    }
