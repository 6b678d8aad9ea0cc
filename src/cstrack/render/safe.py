"""Text from people, made harmless for a terminal, a page, a mail or a table."""

from __future__ import annotations

import re

_FOREIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0, DEL and C1: what terminals obey
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # bidi, invisible, line separators
    "\ud800-\udfff\U000e0000-\U000e007f]"  # half characters, tags
)
_BYTE = 0xFF


def safe(text: str | None) -> str:
    r"""One line without anything that a terminal obeys: control characters as \x1b, breaks as spaces."""
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return text
    return _FOREIGN.sub(_shown, text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def safe_lines(text: str | None) -> list[str]:
    """The lines of a longer text, each of them safe."""
    return [safe(line) for line in (text or "").replace("\r\n", "\n").split("\n")]


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}"
