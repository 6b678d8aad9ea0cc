"""Draws the pictures of docs/pictures from the sample desk: python docs/pictures.py."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURES = Path(__file__).parent / "pictures"
CSTRACK = str(Path(sys.executable).parent / "cstrack")
MOMENT = ("--at", "2026-11-21 17:40", "--color", "always", "--width", "100")
SCREENS = {
    "overdue": ("overdue", "--today"),
    "timeline": ("timeline", "C-22"),
    "why": ("why", "C-22"),
    "policy": ("policy", "show"),
}
# Rich's own frame asks a remote server for a font; this one takes what the reader has.
FRAME = """<svg class="rich-terminal" xml:space="preserve" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
  font-family: "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def main() -> None:
    """Play the sample desk and keep a picture of each screen."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/demo.db"
        subprocess.run([CSTRACK, "demo", "--db", database, "--json"], check=True, capture_output=True)
        for name, words in SCREENS.items():
            screen = _screen((*words, "--db", database, *MOMENT))
            console = Console(record=True, width=100, file=io.StringIO())
            console.print(Text.from_ansi(screen), soft_wrap=True)
            title = f"cstrack {' '.join(words)}"
            frame = FRAME.replace("TITLE", title)
            console.save_svg(str(PICTURES / f"{name}.svg"), title=title, code_format=frame)


def _screen(words: tuple[str, ...]) -> str:
    """What a terminal would show."""
    import pexpect

    child = pexpect.spawn(CSTRACK, list(words), encoding="utf-8", dimensions=(60, 100))
    shown = str(child.read()).replace("\r\n", "\n")
    child.close()
    return shown


if __name__ == "__main__":
    main()
