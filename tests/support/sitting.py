"""A clerk at a terminal, before one command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pexpect

from tests.support.cli import SCRIPT, environment

if TYPE_CHECKING:
    from tests.support.cli import Shell

ENTER, DOWN, CTRL_C, CTRL_D = "\r", "\x1b[B", "\x03", "\x04"
SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Sitting:
    """A command that runs at a terminal of its own."""

    def __init__(self, child: Any) -> None:
        self.child = child

    def asked(self, question: str) -> None:
        """Wait for a question."""
        self.child.expect_exact(question)

    def types(self, keys: str) -> None:
        self.child.send(keys)

    def leaves(self) -> tuple[int, str]:
        """The exit code, and what stood on the screen since the last question, without its colours."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus, SEQUENCE.sub("", self.child.before)


def sit(shell: Shell, *words: str, **environ: str) -> Sitting:
    """Start a command at a terminal of 40 lines and 200 columns."""
    # where the cursor is, which a real terminal tells, would be waited for
    env = environment(shell.home, shell.url, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", **environ)
    where: dict[str, Any] = {"env": env, "cwd": shell.home, "dimensions": (40, 200)}
    child = pexpect.spawn(str(SCRIPT), list(words), encoding="utf-8", timeout=60, **where)
    child.delaybeforesend = child.delayafterclose = 0
    return Sitting(child)
