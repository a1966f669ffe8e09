"""What came of one file: plain data that can cross a pipe between processes and be kept for the next run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from carespec.overview import Overview, overview
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


TOLD = ("findings", "not_checked", "outcomes", "later", "coming")
"""What of the result of a file is only told, and bears on no other file."""


class Elsewhere(Protocol):
    """Bytes that are read where somebody asks."""

    def read(self) -> bytes:
        """They themselves."""


Part: TypeAlias = bytes | Elsewhere


BEARING, ALL_TOLD, GRAVE_TOLD, OVERVIEW = PARTS = range(4)
"""The parts of what came of a file: what bears on other files, all that is told, of that the findings that must be put
right, and what a first screen needs of the file.
"""


class Folded(NamedTuple):
    """What came of one file as bytes, each of the `PARTS` by itself until somebody asks for it; and a sign by which
    equal bearings are known.
    """

    sign: str
    parts: tuple[Part, ...]


def outcomes_of(results: Iterable[FileResult]) -> tuple[int, ...]:
    """How often each outcome came of holding a rule against a service."""
    return tuple(map(sum, zip(*(result.outcomes for result in results if result.outcomes), strict=True)))


def overview_of_files(results: Sequence[FileResult]) -> Overview:
    """What a first screen needs of some files."""
    return overview(
        [one.ref for one in results],
        (finding for one in results for finding in one.findings),
        (entry for one in results for entry in one.not_checked),
        (later for one in results for later in one.later),
        outcomes_of(results),
    )
