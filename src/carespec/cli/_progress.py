"""A progress bar on standard error that appears only when a run has taken a second; rich is loaded only then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """Called with how many of how many are done."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._begun = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, of: int) -> None:
        """Show the state of the work; the last call takes the bar away."""
        if self._shown is None:
            if time.monotonic() - self._begun < 1 or done >= of:
                return
            self._shown = _start(self._word, of)
        progress, task = self._shown
        progress.update(task, completed=done)
        if done >= of:
            progress.stop()


def _start(word: str, of: int) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import Progress

    progress = Progress(console=Console(stderr=True), transient=True)
    progress.start()
    return progress, progress.add_task(word, total=of)
