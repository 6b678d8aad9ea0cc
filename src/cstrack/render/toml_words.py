"""What stops the TOML parser, in this program's words; the parser itself speaks English only."""

from __future__ import annotations

from cstrack.render.i18n import _
from cstrack.render.safe import safe


def reason(said: str) -> str:
    """The parser's reason in words, found by how it begins; as it stands where it is another."""
    for begins, words in _reasons().items():
        if said.startswith(begins):
            return words
    return safe(said)


def _reasons() -> dict[str, str]:
    unclosed_text = _("a text is not closed by its quote on this line")
    unclosed_bracket = _("a bracket is not closed")
    key_twice = _("a key stands here that stood above already")
    return {
        "Cannot overwrite a value": key_twice,
        "Duplicate inline table key": key_twice,
        "Cannot declare": _("a table stands here that stood above already"),
        "Unterminated string": unclosed_text,
        'Expected "\'"': unclosed_text,
        r"Illegal character '\n'": unclosed_text,
        "Illegal character": _("a control character stands here"),
        "Unclosed": unclosed_bracket,
        "Expected ']'": unclosed_bracket,
        "Invalid value": _('a value is missing or not understood; texts stand in quotes, "24h"'),
        "Invalid statement": _("a key or a table should begin here; what is not a-z, 0-9, - or _ is quoted"),
        "Invalid initial character": _("a key should stand here"),
        "Expected newline": _("the line should end here, and something follows"),
        "Expected '=' after a key": _("after a key = and a value should stand"),
        "Unescaped": _(r"a backslash in a text is written twice, \\"),
        "Invalid date": _("there is no such date or time"),
    }
