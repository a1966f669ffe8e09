"""What a first screen tells of any number of documents, in a size that hardly grows with them.

Overviews add up: that of some files and that of others give that of all, in whatever order they are added. So several
processes each make one of their share, and a run in which one file changed takes up those of the others. An overview
holds no finding. It knows how many there are of each kind, and in which files the first of them stand; whoever tells
one looks there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from carespec.records import BEGINS, SEVERITIES, Coming, Finding, Later, NotChecked, Report, ServiceRef
from carespec.tuples import NamedTuple

Key = TypeVar("Key")
Value = TypeVar("Value")

KEPT = 7
"""In how many files the first findings of a kind are known."""
_NAMED = 3

GRAVE = "must"
"""What has a line on every first screen."""

Kind: TypeAlias = tuple[str, str, str]
"""What makes findings alike: severity, name, and the words of the fix where it must be put right.

What must be put right is told once only where it is put right in the same words.
"""
Spot: TypeAlias = tuple[str, int, int, str]
"""Where the first finding of a kind stands in a file: its whole path, line and column; and its path as it was given.
Spots are in the order of a report."""


class Tally(NamedTuple):
    """Findings of one kind: how many, in how many files, and the first of these."""

    findings: int
    files: int
    first: tuple[Spot, ...]


class Gap(NamedTuple):
    """What was not checked for one reason: what could not look, how many documents and entries this is about, the first
    documents by their place and name, the reason in full where it is the same for all, and how often each field holds
    something up.
    """

    names: frozenset[str]
    documents: int
    entries: int
    first: tuple[tuple[str, str], ...]
    because: str
    about: Mapping[str, int]


class Turn(NamedTuple):
    """A change of the law: for how many documents it makes a difference, and the first of them by place and name."""

    documents: int
    first: tuple[tuple[str, str], ...]


class Overview(NamedTuple):
    """All that a first screen tells.

    `documents` counts them by what they are. `gaps` are kept by the reason, and whether a document leaves something
    undecided; `turns` by day and message. From `accepted` on all is of the whole run, and as in `Report`.
    """

    documents: Mapping[str, int]
    facts: int
    undecided: int
    registered: int
    kinds: Mapping[Kind, Tally]
    gaps: Mapping[tuple[str, bool], Gap]
    turns: Mapping[tuple[str, str], Turn]
    outcomes: tuple[int, ...] = ()
    accepted: int = 0
    beside: int = 0
    checks: int = 0
    rules: int = 0
    packs: int = 0
    until: str = ""
    coming: tuple[Coming, ...] = ()
    closing: tuple[str, ...] = ()


def overview(
    refs: Iterable[ServiceRef],
    findings: Iterable[Finding] = (),
    not_checked: Iterable[NotChecked] = (),
    later: Iterable[Later] = (),
    outcomes: tuple[int, ...] = (),
) -> Overview:
    """The overview of what came of some files; of each of these in the order of a report."""
    refs = tuple(refs)
    services = [ref for ref in refs if ref.kind == "service"]
    return Overview(
        dict(Counter(ref.kind for ref in refs)), sum(ref.facts for ref in services), sum(ref.undecided for ref in refs),
        sum(ref.facts for ref in refs if ref.kind == "waivers"), _kinds(findings), _gaps(not_checked), _turns(later),
        outcomes,
    )  # fmt: skip


def overview_of(report: Report) -> Overview:
    """The overview of a report: what changes later is left to what it tells as falling due."""
    due = {(one.day, one.service, one.message.partition(BEGINS)[0]) for one in report.coming}
    later = [one for one in report.later if (one.day, one.service, one.message.partition(BEGINS)[0]) not in due]
    return overview(report.services, report.findings, report.not_checked, later, report.outcomes)._replace(
        accepted=len(report.accepted), beside=report.beside, checks=report.checks, rules=report.rules,
        packs=len(report.guidance), until=report.until, coming=report.coming, closing=report.closing,
    )  # fmt: skip


def kind_of(finding: Finding) -> Kind:
    """The kind of a finding."""
    fix = finding.fix.text if finding.severity == GRAVE and finding.fix is not None else ""
    return finding.severity, finding.name, fix


def of_kind(findings: Iterable[Finding], kind: Kind) -> list[Finding]:
    """Those of a kind."""
    return [one for one in findings if one.name == kind[1] and one.outcome == "fails" and kind_of(one) == kind]


def graver(kind: Kind) -> int:
    """0 for what must be put right, and more for what matters less."""
    return SEVERITIES.index(kind[0])


def added(overviews: Sequence[Overview]) -> Overview:
    """One overview of all that several are of."""
    counts = [tuple(one.outcomes) for one in overviews if one.outcomes]
    return Overview(
        _counts(one.documents for one in overviews),
        sum(one.facts for one in overviews),
        sum(one.undecided for one in overviews),
        sum(one.registered for one in overviews),
        {kind: _tally(tallies) for kind, tallies in _by_key(one.kinds for one in overviews).items()},
        {why: _gap(gaps) for why, gaps in _by_key(one.gaps for one in overviews).items()},
        {what: _turn(turns) for what, turns in _by_key(one.turns for one in overviews).items()},
        tuple(map(sum, zip(*counts, strict=True))),
    )


def _counts(maps: Iterable[Mapping[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in maps:
        counts.update(one)
    return dict(counts)


def _by_key(maps: Iterable[Mapping[Key, Value]]) -> dict[Key, list[Value]]:
    found: dict[Key, list[Value]] = {}
    for one in maps:
        for key, value in one.items():
            found.setdefault(key, []).append(value)
    return found


def _kinds(findings: Iterable[Finding]) -> dict[Kind, Tally]:
    counts: Counter[Kind] = Counter()
    spots: dict[Kind, dict[str, Spot]] = {}
    for finding in findings:
        if finding.outcome == "fails":
            kind = kind_of(finding)
            counts[kind] += 1
            in_files = spots.setdefault(kind, {})
            if finding.path not in in_files:
                in_files[finding.path] = (os.path.abspath(finding.path), *finding.span.start, finding.path)
    return {kind: Tally(counts[kind], len(found), _first(found.values())) for kind, found in spots.items()}


def _tally(tallies: Sequence[Tally]) -> Tally:
    if len(tallies) == 1:
        return tallies[0]
    first = _first(spot for one in tallies for spot in one.first)
    return Tally(sum(one.findings for one in tallies), sum(one.files for one in tallies), first)


def _first(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple(sorted(spots)[:KEPT])


def _gaps(entries: Iterable[NotChecked]) -> dict[tuple[str, bool], Gap]:
    alike: dict[tuple[str, bool], list[NotChecked]] = {}
    for entry in entries:
        alike.setdefault((entry.group or entry.because, bool(entry.about)), []).append(entry)
    return {why: _gap_of(found) for why, found in alike.items()}


def _gap_of(entries: Sequence[NotChecked]) -> Gap:
    names = frozenset(entry.name for entry in entries)
    places = {path: os.path.abspath(path) for path in {entry.path for entry in entries}}
    documents = {(places[entry.path], entry.service) for entry in entries}
    reasons = {entry.because for entry in entries}
    because = reasons.pop() if len(reasons) == 1 else ""
    about = dict(Counter(path for entry in entries for path in entry.about))
    return Gap(names, len(documents), len(entries), _earliest(documents, names), because, about)


def _gap(gaps: Sequence[Gap]) -> Gap:
    if len(gaps) == 1:
        return gaps[0]
    names = frozenset().union(*(one.names for one in gaps))
    documents = {place for one in gaps for place in one.first}
    because = gaps[0].because if len({one.because for one in gaps}) == 1 else ""
    about = _counts(one.about for one in gaps)
    return Gap(
        names, sum(one.documents for one in gaps), sum(one.entries for one in gaps), _earliest(documents, names),
        because, about,
    )  # fmt: skip


EVERYTHING = "everything"
"""What was not checked of a document into which nothing could look: each of these is told."""


def _earliest(documents: Iterable[tuple[str, str]], names: frozenset[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    found = sorted(documents)
    return tuple(found if EVERYTHING in names else found[:_NAMED])


def _turns(later: Iterable[Later]) -> dict[tuple[str, str], Turn]:
    alike: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in later:
        alike.setdefault((one.day, one.message), set()).add((os.path.abspath(one.path), one.service))
    return {what: Turn(len(found), _earliest(found)) for what, found in alike.items()}


def _turn(turns: Sequence[Turn]) -> Turn:
    documents = {place for one in turns for place in one.first}
    return Turn(sum(one.documents for one in turns), _earliest(documents))
