"""What a person sees first of many documents: the gravest things, what many share told once, the rest counted.

With a hundred findings in nine services nobody reads the ninth copy of a remark. Nothing is dropped: each finding is
either told, or stands in a number with the option that tells it, and whatever must be put right has a line at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.records import SEVERITIES, Finding, ServiceRef
from carespec.reporters import Options
from carespec.reporters._blocks import block, closing, frame, headed, place, remarks, told
from carespec.summary import counted
from carespec.tuples import NamedTuple

_MOST_BLOCKS = 8
_MOST_FIELDS = 3
_WIDEST = 60


class _Fit(NamedTuple):
    """How tightly to tell: in how many documents, at the fewest, findings are told as one, and at how many places."""

    fewest: int
    places: int


_ROOMY, _CROWDED = _Fit(3, 5), _Fit(2, 2)


class _Told(NamedTuple):
    """Findings that are told as one block; `files` is how many documents they are in."""

    findings: list[Finding]
    files: int

    @property
    def shared(self) -> bool:
        return self.files > 1


def first_screen(findings: list[Finding], refs: Sequence[ServiceRef], options: Options) -> list[str]:
    """The blocks of a first screen: the gravest first, then what most documents share; then what is folded."""
    ranked, fit = sorted(_blocks_of(findings, _ROOMY), key=_rank), _ROOMY
    if len(ranked) > _MOST_BLOCKS:
        ranked, fit = sorted(_blocks_of(findings, _CROWDED), key=_rank), _CROWDED
    among = f"{len(refs)} {'services' if all(ref.kind == 'service' for ref in refs) else 'documents'}"
    blocks = ["\n".join(_block(one, among, fit, options)) for one in ranked[:_MOST_BLOCKS]]
    rest = ranked[_MOST_BLOCKS:]
    must = [one for one in rest if one.findings[0].severity == "must"]
    if must:
        blocks.append("\n".join(_line(one, among, options) for one in must))
    folded = [one for one in rest if one.findings[0].severity != "must"]
    if folded:
        blocks.append(_folded([finding for one in folded for finding in one.findings]))
    return blocks


def _blocks_of(findings: list[Finding], fit: _Fit) -> Iterator[_Told]:
    """Findings of one kind as one block where several documents have them; else each remark as its own."""
    kinds: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(_kind(finding), []).append(finding)
    for alike in kinds.values():
        files = len({finding.path for finding in alike})
        if files >= fit.fewest:
            yield _Told(alike, files)
        else:
            yield from (_Told(remark, 1) for remark in remarks(alike))


def _kind(finding: Finding) -> tuple[str, ...]:
    """What makes findings alike. What must be put right is told once only where it is put right in the same words."""
    must = finding.severity == "must" and finding.fix is not None
    return finding.name, finding.severity, finding.outcome, finding.fix.text if must and finding.fix else ""


def _rank(one: _Told) -> tuple[int, int]:
    """What is equal here stays in the order of the report, by file and place."""
    return SEVERITIES.index(one.findings[0].severity), -one.files


def _block(one: _Told, among: str, fit: _Fit, options: Options) -> Iterator[str]:
    if not one.shared:
        yield from block(one.findings, options)
        return
    first = remarks(one.findings)[0]
    yield _shared_head(one, among, options)
    yield f"  {'first':<8}{place(first[0])}  {told(first)}"
    yield from frame(first[0], options)
    yield from _also([finding for finding in one.findings if finding not in first], fit)
    yield from closing(first[0])


def _shared_head(one: _Told, among: str, options: Options) -> str:
    first = one.findings[0]
    return f"{headed(first, options)}  in {one.files} of {among}: {first.title or first.message}"


def _line(one: _Told, among: str, options: Options) -> str:
    """A block in one line."""
    if one.shared:
        return f"{_shared_head(one, among, options)} (first {place(one.findings[0])})"
    return f"{place(one.findings[0])}: {headed(one.findings[0], options)}  {told(one.findings)}"


def _also(others: list[Finding], fit: _Fit) -> Iterator[str]:
    """One line a file: where, and which fields it is about; what the document says where that is always one field."""
    files: dict[str, list[Finding]] = {}
    for finding in others:
        files.setdefault(finding.path, []).append(finding)
    one_field = len({finding.field for finding in others}) == 1
    most = fit.places if len(files) > fit.places + 1 else len(files)
    for alike in list(files.values())[:most]:
        yield f"  {'also':<8}{place(alike[0])}  {_about(alike, one_field)}".rstrip()
    if len(files) > most:
        yield f"  {'':<8}… and {len(files) - most} more files"


def _about(alike: list[Finding], one_field: bool) -> str:
    """What tells the findings of one file from those of another."""
    pieces = dict.fromkeys(finding.says if one_field else finding.field or finding.says for finding in alike)
    named = [_cut(piece) for piece in pieces if piece]
    more = f" and {len(named) - _MOST_FIELDS} more" if len(named) > _MOST_FIELDS else ""
    return ", ".join(named[:_MOST_FIELDS]) + more


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[:_WIDEST].rstrip() + "…"


def _folded(findings: list[Finding]) -> str:
    counts = [(severity, sum(f.severity == severity for f in findings)) for severity in SEVERITIES]
    by_severity = " and ".join(f"{number:,} {severity}" for severity, number in counts if number)
    kinds = counted(len({finding.name for finding in findings}), "kind")
    return (
        f"({counted(len(findings), 'finding')} of {kinds} folded, {by_severity}: "
        "`--all` tells every finding in full, `--output concise` in a line)"
    )
