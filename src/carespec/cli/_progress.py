"""A progress bar on standard error that appears only when a run has taken a second; rich is loaded only then."""

from __future__ import annotations

import time


class Bar:
    """Called with how many of how many are done."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._begun = time.monotonic()
        self._progress = None

    def __call__(self, done: int, of: int) -> None:
        """Show the state of the work; the last call takes the bar away."""
        if self._progress is None:
            if time.monotonic() - self._begun < 1 or done >= of:
                return
            self._start(of)
        assert self._progress is not None
        self._progress.update(self._task, completed=done)
        if done >= of:
            self._progress.stop()

    def _start(self, of: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._progress.start()
        self._task = self._progress.add_task(self._word, total=of)
