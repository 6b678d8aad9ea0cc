"""How far a long work is: a bar on standard error, for whoever sits there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def bar(label: str, total: int | None, *, colour: bool) -> Iterator[Callable[[int], None]]:
    """A bar until the work is done; the function it gives is told how much is. `total` may be unknown.

    Lines written to sys.stderr meanwhile appear above it.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, no_color=not colour, markup=False, emoji=False, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, auto_refresh=False
    ) as progress:
        task = progress.add_task(label, total=total)

        def done(so_far: int) -> None:
            progress.update(task, completed=so_far, refresh=True)

        yield done
