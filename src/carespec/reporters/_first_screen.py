"""What a person sees first of many documents: the gravest things, what many share told once, the rest counted.

With a hundred findings in nine services nobody reads the ninth copy of a remark. Nothing is dropped: each finding is
either told, or stands in a number with the option that tells it, and whatever must be put right has a line at least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from carespec.overview import GRAVE, Kind, Overview, Spot, Tally, graver
from carespec.records import SEVERITIES, Finding
from carespec.reporters import Options
from carespec.reporters._blocks import block, closing, frame, headed, place, remarks, told
from carespec.summary import counted
from carespec.tuples import NamedTuple

_MOST_BLOCKS = 8
_MOST_FIELDS = 3
_WIDEST = 60

FindingsOf = Callable[[str, Kind], Sequence[Finding]]
"""Gives the findings of a kind in the file at a path, in their order."""


class _Fit(NamedTuple):
    """How tightly to tell: in how many documents, at the fewest, findings are told as one, and at how many places."""

    fewest: int
    places: int


_ROOMY, _CROWDED = _Fit(3, 5), _Fit(2, 2)


class _Told(NamedTuple):
    """Findings that are told as one block: those in the first file, and in how many files of which others are."""

    findings: list[Finding]
    files: int
    kind: Kind
    others: tuple[Spot, ...] = ()

    @property
    def shared(self) -> bool:
        return self.files > 1


def first_screen(overview: Overview, findings_of: FindingsOf, options: Options) -> list[str]:
    """The blocks of a first screen: the gravest first, then what most documents share; then what is folded."""
    fit = _ROOMY
    if sum(1 for _ in islice(_ranked(overview, findings_of, fit), _MOST_BLOCKS + 1)) > _MOST_BLOCKS:
        fit = _CROWDED
    documents = sum(overview.documents.values())
    what = "services" if documents == overview.documents.get("service", 0) else "documents"
    among = f"{documents} {what}"
    ranked = _ranked(overview, findings_of, fit)
    first = list(islice(ranked, _MOST_BLOCKS))
    blocks = ["\n".join(_block(one, among, fit, findings_of, options)) for one in first]
    must = list(takewhile(lambda one: one.kind[0] == GRAVE, ranked))
    if must:
        blocks.append("\n".join(_line(one, among, options) for one in must))
    folded = _left(overview, first)
    if folded:
        blocks.append(_folded(folded))
    return blocks


def _ranked(overview: Overview, findings_of: FindingsOf, fit: _Fit) -> Iterator[_Told]:
    """Findings of one kind as one block where several documents have them; else each remark as its own.

    Made one by one, since what is folded need not be looked at.
    """

    def rank(entry: tuple[Kind, Tally]) -> tuple[object, ...]:
        kind, tally = entry
        files = tally.files if tally.files >= fit.fewest else 1
        return graver(kind), -files, tally.first[0], kind

    for kind, tally in sorted(overview.kinds.items(), key=rank):
        if tally.files >= fit.fewest:
            first, *others = tally.first[: fit.places + 2]
            yield _Told(_alike([first], kind, findings_of), tally.files, kind, tuple(others))
        else:
            yield from (_Told(remark, 1, kind) for remark in remarks(_alike(tally.first, kind, findings_of)))


def _alike(spots: Iterable[Spot], kind: Kind, findings_of: FindingsOf) -> list[Finding]:
    """The findings of a kind in the files of some spots."""
    return [finding for spot in spots for finding in findings_of(spot[-1], kind)]


def _left(overview: Overview, told: Sequence[_Told]) -> dict[Kind, int]:
    """How many findings of each kind are in none of the blocks that are told, of those that get no line either."""
    left = {kind: tally.findings for kind, tally in overview.kinds.items() if kind[0] != GRAVE}
    for one in told:
        if one.kind in left:
            left[one.kind] -= overview.kinds[one.kind].findings if one.shared else len(one.findings)
    return {kind: number for kind, number in left.items() if number}


def _block(one: _Told, among: str, fit: _Fit, findings_of: FindingsOf, options: Options) -> Iterator[str]:
    if not one.shared:
        yield from block(one.findings, options)
        return
    first = remarks(one.findings)[0]
    others = [finding for finding in one.findings if finding not in first]
    only_first = not others
    others += _alike(one.others, one.kind, findings_of)
    yield _shared_head(one, among, options)
    yield f"  {'first':<8}{place(first[0])}  {told(first)}"
    yield from frame(first[0], options)
    yield from _also(others, one.files - only_first, fit)
    yield from closing(first[0])


def _shared_head(one: _Told, among: str, options: Options) -> str:
    first = one.findings[0]
    return f"{headed(first, options)}  in {one.files} of {among}: {first.title or first.message}"


def _line(one: _Told, among: str, options: Options) -> str:
    """A block in one line."""
    if one.shared:
        return f"{_shared_head(one, among, options)} (first {place(one.findings[0])})"
    return f"{place(one.findings[0])}: {headed(one.findings[0], options)}  {told(one.findings)}"


def _also(others: list[Finding], number: int, fit: _Fit) -> Iterator[str]:
    """One line a file: where, and which fields it is about; what the document says where that is always one field.

    `number` is in how many files there are others, of which those here are in the first.
    """
    files: dict[str, list[Finding]] = {}
    for finding in others:
        files.setdefault(finding.path, []).append(finding)
    most = fit.places if number > fit.places + 1 else number
    shown = list(files.values())[:most]
    one_field = len({finding.field for alike in shown for finding in alike}) == 1
    for alike in shown:
        yield f"  {'also':<8}{place(alike[0])}  {_about(alike, one_field)}".rstrip()
    if number > most:
        yield f"  {'':<8}… and {number - most} more files"


def _about(alike: list[Finding], one_field: bool) -> str:
    """What tells the findings of one file from those of another."""
    pieces = dict.fromkeys(finding.says if one_field else finding.field or finding.says for finding in alike)
    named = [_cut(piece) for piece in pieces if piece]
    more = f" and {len(named) - _MOST_FIELDS} more" if len(named) > _MOST_FIELDS else ""
    return ", ".join(named[:_MOST_FIELDS]) + more


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[:_WIDEST].rstrip() + "…"


def _folded(left: Mapping[Kind, int]) -> str:
    counts = dict.fromkeys(SEVERITIES, 0)
    for (severity, _, _), number in left.items():
        counts[severity] += number
    by_severity = " and ".join(f"{number:,} {severity}" for severity, number in counts.items() if number)
    kinds = counted(len({name for _, name, _ in left}), "kind")
    return (
        f"({counted(sum(left.values()), 'finding')} of {kinds} folded, {by_severity}: "
        "`--all` tells every finding in full, `--output concise` in a line)"
    )
