"""Where the installed command begins, and ends.

A run makes next to no cycles and ends soon, so the collector only costs time: about a fifth of a run over a thousand
files. It is switched off here, before anything else is imported. Nor is anything taken apart at the end that the system
takes back anyway: that would be a tenth of the time in which one file is checked. Neither is done to those who import
carespec themselves.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line."""
    gc.disable()
    from carespec.cli import main as run

    try:
        run()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _leave(end.code or 0)
        raise


def _leave(code: int) -> None:
    """End here once all is written; where it cannot be, the usual way out says why."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # as it is where it was closed before we began
                stream.flush()
    except OSError:
        return
    os._exit(code)
