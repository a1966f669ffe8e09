"""What came of one file: plain data that can cross a pipe between processes and be kept for the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carespec.records import Coming, Finding, Later, NotChecked, ServiceRef
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.compare.taken import Taken
    from carespec.guidance.loading.versions import Edition


class FileResult(NamedTuple):
    """All that one file gives. `outcomes` counts each of `records.OUTCOMES`; `taken` is what comparisons of guidance
    take of a service; `edition` is that of a pack.
    """

    ref: ServiceRef
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    outcomes: tuple[int, ...] = ()
    later: tuple[Later, ...] = ()
    coming: tuple[Coming, ...] = ()
    taken: tuple[Taken, ...] = ()
    edition: Edition | None = None
